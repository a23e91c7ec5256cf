/**
 * sendfile: one file is sent over a socket in two ways: read into this process and written out again, 64 KiB at a
 * time, and by sendfile(2), which leaves the bytes in the kernel. Counted are the calls, measured the CPU time.
 * Source: csdesign sendfile; sendfile(2), getrusage(2).
 */
import {
  accept,
  close,
  getpid,
  openUnnamed,
  read,
  reopen,
  sendfile,
  shutdownWrite,
  waitpid,
  write,
} from '../posix/index.ts'
import { connectTo, forkPeer, listenOnLoopback } from './loopback.ts'
import { say } from './say.ts'

const SIZE = 32 * 1024 * 1024
const CHUNK = 64 * 1024
/** Each way is measured so often, in turn, since the machine has other things to do. */
const ROUNDS = 4

type Way = { name: string; calls: number; cpu: number; elapsed: number }

export function sendFile(): boolean {
  const file = makeFile()
  const listener = listenOnLoopback()
  const receiver = forkPeer(() => receiveAll(listener))
  say(
    `Process ${getpid()} sends a file of ${SIZE >> 20} MiB to ${receiver}, ${ROUNDS} times each way, in turn.`,
  )
  const copying: Way = { name: 'read and write', calls: 0, cpu: 0, elapsed: 0 }
  const sending: Way = { name: 'sendfile', calls: 0, cpu: 0, elapsed: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    measure(copying, file, listener, copy)
    measure(sending, file, listener, send)
  }
  say('for each time      system calls    CPU ms      MB/s')
  for (const way of [copying, sending]) say(describe(way))
  say('CPU time is that of the sender, user and system: what it no longer copies, it no longer pays for.')
  return waitpid(receiver)?.code === 0 && sending.calls < copying.calls
}

/** A file in memory, so that no disk is measured. */
function makeFile(): number {
  const file = openUnnamed('/dev/shm')
  const chunk = new Uint8Array(CHUNK).fill(0x2e)
  for (let written = 0; written < SIZE; ) written += write(file, chunk, 0, Math.min(CHUNK, SIZE - written))
  return file
}

function measure(way: Way, file: number, listener: number, send: (to: number, file: number) => number): void {
  const connection = accept(listener)
  const source = reopen(file)
  const from = performance.now()
  const before = process.cpuUsage()
  way.calls += send(connection, source)
  shutdownWrite(connection)
  // The receiver closes when it has all.
  read(connection, new Uint8Array(1))
  const { user, system } = process.cpuUsage(before)
  way.cpu += (user + system) / 1000
  way.elapsed += performance.now() - from
  close(source)
  close(connection)
}

/** Returns how many system calls it took. */
function copy(connection: number, file: number): number {
  const chunk = new Uint8Array(CHUNK)
  for (let calls = 1; ; calls++) {
    const length = read(file, chunk)
    if (length === 0) return calls
    for (let written = 0; written < length; calls++)
      written += write(connection, chunk, written, length - written)
  }
}

/** Returns how many system calls it took. */
function send(connection: number, file: number): number {
  let calls = 0
  for (let sent = 0; sent < SIZE; calls++) sent += sendfile(connection, file, SIZE - sent)
  return calls
}

/** Whether every connection brought the whole file. */
function receiveAll(listener: number): boolean {
  const chunk = new Uint8Array(4 * CHUNK)
  for (let i = 0; i < 2 * ROUNDS; i++) {
    const connection = connectTo(listener)
    let sum = 0
    for (let length = read(connection, chunk); length > 0; length = read(connection, chunk)) sum += length
    close(connection)
    if (sum !== SIZE) return false
  }
  return true
}

function describe({ name, calls, cpu, elapsed }: Way): string {
  const rate = (ROUNDS * SIZE) / 1e6 / (elapsed / 1000)
  const figures = [calls / ROUNDS, cpu / ROUNDS, rate].map((n, i) => n.toFixed(i === 1 ? 1 : 0).padStart(10))
  return `${name.padEnd(21)}${figures.join('')}`
}
