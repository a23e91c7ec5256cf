/**
 * The selector, computed once for each state: every pane and report that asks about the same state gets the same
 * answer. States are never changed in place, so the state itself is the key.
 */
export function memoized<Source extends object, Result>(
  select: (source: Source) => Result,
): (source: Source) => Result {
  const known = new WeakMap<Source, Result>()
  return (source) => {
    if (known.has(source)) return known.get(source)!
    const result = select(source)
    known.set(source, result)
    return result
  }
}
