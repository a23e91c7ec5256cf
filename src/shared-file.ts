import { constants, ftruncateSync, openSync } from 'node:fs'

const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY

/**
 * Returns the descriptor of a new file of so many bytes in shared memory, readable by its owner alone. It has no
 * name, so it is gone with the last process that has it, however that ends. Throws when /dev/shm cannot be written.
 */
export function openSharedFile(size: number): number {
  const fd = openSync('/dev/shm', O_TMPFILE | constants.O_RDWR, 0o600)
  ftruncateSync(fd, size)
  return fd
}
