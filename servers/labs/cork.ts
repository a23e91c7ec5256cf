/**
 * Cork: a response is written in two parts, header and body. Left alone, TCP sends the header and holds the body
 * back until the header is acknowledged (Nagle), which the other end puts off; TCP_NODELAY sends both at once, in
 * two segments; TCP_CORK holds both back until the cork is pulled, and sends one.
 * Source: csdesign's roadmap; UNP 7.9; tcp(7).
 */
import {
  accept,
  close,
  dataSegmentsSent,
  getpid,
  read,
  setCork,
  setNoDelay,
  waitpid,
  write,
} from '../posix/index.ts'
import { connectTo, forkPeer, listenOnLoopback } from './loopback.ts'
import { say } from './say.ts'

const RESPONSES = 25
const HEADER = new Uint8Array(100).fill(0x2e)
const BODY = new Uint8Array(1000).fill(0x2e)

type Measured = { segments: number; milliseconds: number }

export function cork(): boolean {
  const listener = listenOnLoopback()
  const client = forkPeer(() => ask(listener) && ask(listener) && ask(listener))
  say(
    `Server ${getpid()} answers ${RESPONSES} requests with a header and a body, in two writes, three times over.`,
  )
  say('                 data segments        ms')
  const neither = answer('neither', listener, () => {})
  const noDelay = answer('TCP_NODELAY', listener, setNoDelay)
  const corked = answer('TCP_CORK', listener, () => {}, setCork)
  say('Segments are what TCP_INFO counts as sent with data in them.')
  return (
    waitpid(client)?.code === 0 && corked.segments < noDelay.segments && corked.segments <= neither.segments
  )
}

function answer(
  name: string,
  listener: number,
  prepare: (connection: number) => void,
  setHeld: (connection: number, on: boolean) => void = () => {},
): Measured {
  const connection = accept(listener)
  prepare(connection)
  const from = performance.now()
  for (let i = 0; i < RESPONSES; i++) {
    read(connection, new Uint8Array(1))
    setHeld(connection, true)
    write(connection, HEADER)
    write(connection, BODY)
    setHeld(connection, false)
  }
  // The client closes when it has all.
  read(connection, new Uint8Array(1))
  const milliseconds = performance.now() - from
  const segments = dataSegmentsSent(connection)
  close(connection)
  say(`${name.padEnd(20)}${String(segments).padStart(10)}${milliseconds.toFixed(1).padStart(10)}`)
  return { segments, milliseconds }
}

/** Whether every response came, whole. */
function ask(listener: number): boolean {
  const connection = connectTo(listener)
  const response = new Uint8Array(HEADER.length + BODY.length)
  for (let i = 0; i < RESPONSES; i++) {
    write(connection, response, 0, 1)
    for (let got = 0; got < response.length; ) {
      const length = read(connection, response, got)
      if (length === 0) return false
      got += length
    }
  }
  close(connection)
  return true
}
