/** A request that cannot be carried out: one sentence for the user, and the exit code. */
export class Refusal extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
