import { closeSync, writeSync } from 'node:fs'
import { nativePath } from '../../servers/posix/native.ts'
import { openSharedFile } from '../shared-file.ts'
import { FILE_SIZE, header } from './layout.ts'

/** A file in shared memory that the probe writes. It has no name: servers open it through our descriptor in /proc. */
export type ProbeFile = {
  fd: number
  /** What a server's environment needs so that the probe is loaded into it and finds the file. */
  env: { LD_PRELOAD: string; CSDESIGN_PROBE: string; ASAN_OPTIONS: string }
  close(): void
}

/** Makes an empty probe file. Throws when /dev/shm cannot be written. */
export function createProbeFile(): ProbeFile {
  const fd = openSharedFile(FILE_SIZE)
  writeSync(fd, header(), 0, undefined, 0)
  return {
    fd,
    env: {
      LD_PRELOAD: preload(nativePath('probe.so')),
      CSDESIGN_PROBE: `/proc/${process.pid}/fd/${fd}`,
      ASAN_OPTIONS: allowPreload(),
    },
    close: () => closeSync(fd),
  }
}

/** The probe before what the user preloads already. Source: ld.so(8). */
function preload(probe: string): string {
  const { LD_PRELOAD } = process.env
  return LD_PRELOAD ? `${probe}:${LD_PRELOAD}` : probe
}

/**
 * A program built with AddressSanitizer ends at once when another library comes before its own, unless it is told that
 * this is meant. Source: https://github.com/google/sanitizers/wiki/AddressSanitizerFlags, verify_asan_link_order.
 */
function allowPreload(): string {
  const { ASAN_OPTIONS } = process.env
  return [ASAN_OPTIONS, 'verify_asan_link_order=0'].filter(Boolean).join(':')
}
