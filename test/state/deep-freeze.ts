/** Freezes a value and all that is in it; a Map throws when it is changed. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map) {
    for (const entry of value) deepFreeze(entry)
    for (const method of ['set', 'delete', 'clear'] as const)
      Object.defineProperty(value, method, { value: () => fail(method), enumerable: false })
  }
  Object.freeze(value)
  for (const part of Object.values(value)) deepFreeze(part)
  return value
}

function fail(method: string): never {
  throw new Error(`a frozen Map was changed by ${method}`)
}
