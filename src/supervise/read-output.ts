import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net'

export type OutputStream = 'stdout' | 'stderr'

/** Decides what of the output is told, and tells it. */
export type OutputKeeper = {
  /** Whether `tell` is to be called though nothing more may come. */
  readonly restless: boolean
  /** Takes bytes as they were read; does not hold on to them. */
  take(stream: OutputStream, bytes: Buffer): void
  /** Called at intervals while something comes or it is restless, and at the very end. */
  tell(): void
  /** No more will come of that stream. */
  end(stream: OutputStream): void
}

/**
 * So much, and so often, is read of both streams within a tick. After that the output waits in the pipe, and the
 * server for room in it, as for a slow terminal. Reads are counted because a thousand short ones cost more than a long.
 */
const BYTES = 4 * 1024 * 1024
const READS = 100
const TICK = 100
const CHUNK = 256 * 1024

/**
 * Hands on what a server writes, from the reading ends of its two pipes, which are closed at their end.
 * Resolves when nobody can write into them any more, or at the signal, and the last line has been told.
 */
export async function readOutput(
  ends: Record<OutputStream, number>,
  keep: OutputKeeper,
  signal: AbortSignal,
): Promise<void> {
  const sockets: Socket[] = []
  let bytesRead = 0
  let reads = 0
  let timer: NodeJS.Timeout | null = null

  const tick = () => {
    timer = null
    keep.tell()
    if (keep.restless || reads > 0) timer = setTimeout(tick, TICK)
    bytesRead = 0
    reads = 0
    for (const socket of sockets) socket.resume()
  }
  const take = (stream: OutputStream, bytes: Buffer) => {
    keep.take(stream, bytes)
    bytesRead += bytes.length
    reads += 1
    timer ??= setTimeout(tick, TICK)
    return bytesRead < BYTES && reads < READS
  }
  const finish = async (stream: OutputStream) => {
    const socket = readPipe(ends[stream], (bytes) => take(stream, bytes))
    sockets.push(socket)
    await new Promise<void>((resolve) => socket.once('close', () => resolve()))
    keep.end(stream)
  }

  signal.addEventListener('abort', () => sockets.map((socket) => socket.destroy()))
  await Promise.all([finish('stdout'), finish('stderr')])
  if (timer) clearTimeout(timer)
  keep.tell()
}

/** Reads a pipe into one buffer, over and over. Reading pauses when `take` returns false. */
function readPipe(fd: number, take: (bytes: Buffer) => boolean): Socket {
  const buffer = Buffer.allocUnsafeSlow(CHUNK)
  const onread = { buffer, callback: (count: number) => take(buffer.subarray(0, count)) }
  const options: SocketConstructorOpts & ConnectOpts = { fd, readable: true, writable: false, onread }
  const socket = new Socket(options)
  socket.on('error', () => socket.destroy())
  return socket.resume()
}
