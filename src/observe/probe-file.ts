import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs'
import { nativePath } from '../../servers/posix/native.ts'
import { FILE_SIZE, header } from './layout.ts'

const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY

/**
 * A file in shared memory that the probe writes. It has no name: servers open it through our descriptor in /proc,
 * and it is gone with the last process that has it, however we end.
 */
export type ProbeFile = {
  fd: number
  /** What a server's environment needs so that the probe is loaded into it and finds the file. */
  env: { LD_PRELOAD: string; CSDESIGN_PROBE: string }
  close(): void
}

/** Makes an empty probe file, readable by its owner alone. Throws when /dev/shm cannot be written. */
export function createProbeFile(): ProbeFile {
  const fd = openSync('/dev/shm', O_TMPFILE | constants.O_RDWR, 0o600)
  ftruncateSync(fd, FILE_SIZE)
  writeSync(fd, header(), 0, undefined, 0)
  return {
    fd,
    env: { LD_PRELOAD: preload(nativePath('probe.so')), CSDESIGN_PROBE: `/proc/${process.pid}/fd/${fd}` },
    close: () => closeSync(fd),
  }
}

/** The probe before what the user preloads already. Source: ld.so(8). */
function preload(probe: string): string {
  const { LD_PRELOAD } = process.env
  return LD_PRELOAD ? `${probe}:${LD_PRELOAD}` : probe
}
