/** Stands where a switch over a union ends: the compiler says so when a case is missing. Throws when it is reached. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
