/** Stands where no case is left: the compiler complains when one is. Throws with the value that nobody expected. */
export function unreachable(value: never): never {
  throw new Error(`No case for ${JSON.stringify(value)}.`)
}
