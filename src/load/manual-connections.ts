import { type AddressInfo, connect, type Socket } from 'node:net'
import { constants } from 'node:os'
import { addon } from '../../servers/posix/addon.ts'
import { errnoName } from '../../servers/posix/error.ts'
import { monotonic } from '../clock.ts'
import type { Duration, Endpoint, ManualConnectionEnding, ManualConnectionEvent } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'

const BUFFER = 16 * 1024
const one = Buffer.alloc(1)
const SLOW_INTERVAL: Duration = 1000
/** More than this of a reply nobody reads. */
const MOST_TEXT = 200

type Open = { socket: Socket; local: Endpoint; peer: Endpoint; slowReader: NodeJS.Timeout | null }

/** Connections that the user opens, uses and ends one by one; what happens to them becomes events. */
export class ManualConnections {
  readonly #emit: (event: ManualConnectionEvent) => void
  readonly #open = new Map<number, Open>()
  /** Those that are not established yet. */
  readonly #connecting = new Map<number, Socket>()
  #next = 1

  constructor(emit: (event: ManualConnectionEvent) => void) {
    this.#emit = emit
  }

  /** The two ends of each connection that is open. */
  ends(): { id: number; local: Endpoint; peer: Endpoint }[] {
    return [...this.#open].map(([id, { local, peer }]) => ({ id, local, peer }))
  }

  /** Connects. Resolves to the connection's number, or rejects with the system's error. */
  open(host: string, port: number): Promise<number> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        noDelay: true,
        // Only so does pause() keep Node from reading ahead.
        onread: {
          buffer: Buffer.alloc(BUFFER),
          callback: (length, buffer) => {
            this.#received(id, Buffer.from(buffer.subarray(0, length)))
            return true
          },
        },
      })
      const fail = (error: Error) => {
        this.#connecting.delete(id)
        reject(error)
      }
      this.#connecting.set(id, socket)
      socket.once('error', fail)
      socket.once('connect', () => {
        socket.off('error', fail)
        this.#connecting.delete(id)
        const { address, port: localPort } = socket.address() as AddressInfo
        const ends = { local: { address, port: localPort }, peer: { address: host, port } }
        this.#open.set(id, { socket, ...ends, slowReader: null })
        this.#emit({ type: 'manual-opened', at: monotonic(), id, ...ends })
        socket.on('error', ({ code, message }: NodeJS.ErrnoException) =>
          this.#end(id, { errno: code ?? message }),
        )
        socket.on('close', () => this.#end(id, 'closed by the server'))
        resolve(id)
      })
    })
  }

  send(id: number, text: string): void {
    const connection = this.#open.get(id)
    if (!connection) return
    this.#emit({
      type: 'manual-sent',
      at: monotonic(),
      id,
      bytes: Buffer.byteLength(text),
      text: stripControl(text),
    })
    connection.socket.write(text)
  }

  /** From now on one byte a second is read, or everything at once again. */
  read(id: number, slowly: boolean): void {
    const connection = this.#open.get(id)
    if (!connection) return
    this.#emit({ type: 'manual-reading', at: monotonic(), id, slowly })
    if (connection.slowReader) clearInterval(connection.slowReader)
    connection.slowReader = slowly ? setInterval(() => this.#readByte(id), SLOW_INTERVAL) : null
    if (slowly) connection.socket.pause()
    else connection.socket.resume()
  }

  #readByte(id: number): void {
    const { socket } = this.#open.get(id) ?? {}
    const fd = (socket as unknown as { _handle?: { fd: number } } | undefined)?._handle?.fd
    if (!socket || fd === undefined) return
    const length = addon.read!(fd, one, 0, 1)
    if (length === -constants.errno.EAGAIN) return
    if (length > 0) return this.#received(id, one)
    this.#end(id, length === 0 ? 'closed by the server' : { errno: errnoName(-length) })
    socket.destroy()
  }

  close(id: number): void {
    const { socket } = this.#open.get(id) ?? {}
    this.#end(id, 'closed')
    socket?.destroy()
  }

  /** Ends the connection with RST instead of FIN. */
  abort(id: number): void {
    const { socket } = this.#open.get(id) ?? {}
    this.#end(id, 'aborted')
    socket?.resetAndDestroy()
  }

  /** Closes all, those too that are still connecting: they must not reach whoever listens there next. */
  closeAll(): void {
    for (const socket of [...this.#connecting.values()]) socket.destroy(new Error('its server was stopped'))
    for (const id of [...this.#open.keys()]) this.close(id)
  }

  #received(id: number, data: Buffer): void {
    const text = stripControl(data.subarray(0, MOST_TEXT).toString())
    this.#emit({ type: 'manual-received', at: monotonic(), id, bytes: data.length, text })
  }

  #end(id: number, how: ManualConnectionEnding): void {
    const connection = this.#open.get(id)
    if (!connection) return
    if (connection.slowReader) clearInterval(connection.slowReader)
    this.#open.delete(id)
    this.#emit({ type: 'manual-closed', at: monotonic(), id, how })
  }
}
