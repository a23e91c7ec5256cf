import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes of V8's heap that are in use after garbage was collected. */
export function collectedHeap(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
