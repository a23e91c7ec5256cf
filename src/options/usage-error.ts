/** The command line is wrong: the message says in one sentence what, and what is allowed. Exit code 2. */
export class UsageError extends Error {}
