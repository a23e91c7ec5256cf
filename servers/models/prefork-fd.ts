/**
 * Prefork with descriptor passing: only the parent accepts; it passes each connection over a Unix socket to a
 * child that is free, and the child answers with one byte when it is free again. While no child is free nothing is
 * accepted. A child that dies closes its socket: it is reaped and replaced. Source: UNP 30.9; unix(7), SCM_RIGHTS.
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { endAlone, endWithChildren } from '../pool.ts'
import {
  accept,
  close,
  exit,
  FdSet,
  failedWith,
  fork,
  read,
  recvfd,
  select,
  sendfd,
  setNonBlocking,
  socketpair,
  WOULD_BLOCK,
  waitpid,
  write,
} from '../posix/index.ts'
import { serve } from '../serve.ts'

type Child = { pid: number; socket: number; free: boolean }

export function preforkDescriptorPassing(options: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  const children: Child[] = []
  for (let i = 0; i < options.children; i++) children.push(startChild(listener, children, options))
  endWithChildren(() => children.map(({ pid }) => pid))

  const ready = new FdSet()
  for (;;) {
    waitForWork(listener, children, ready)
    for (const [i, child] of children.entries()) {
      if (!ready.has(child.socket)) continue
      if (saysFree(child)) child.free = true
      else children[i] = replace(child, listener, children, options)
    }
    if (ready.has(listener)) passConnection(listener, children)
  }
}

function startChild(listener: number, siblings: Child[], options: ModelOptions): Child {
  const [ours, theirs] = socketpair()
  const pid = fork()
  if (pid === 0) {
    endAlone()
    // Only the parent may hold our other end, so that we notice when it is gone.
    for (const { socket } of siblings) close(socket)
    close(ours)
    close(listener)
    child(theirs, options)
  }
  close(theirs)
  return { pid, socket: ours, free: true }
}

const FREE = new Uint8Array(1)

function child(parent: number, { service }: ModelOptions): never {
  try {
    for (;;) {
      const connection = recvfd(parent)
      serve(connection, service)
      write(parent, FREE)
    }
  } catch (error) {
    if (failedWith(error, 'EPIPE', 'ECONNRESET')) exit(0)
    throw error
  }
}

function waitForWork(listener: number, children: Child[], ready: FdSet): void {
  let n = listener + 1
  ready.clear()
  if (children.some(({ free }) => free)) ready.add(listener)
  for (const { socket } of children) {
    ready.add(socket)
    n = Math.max(n, socket + 1)
  }
  select(n, ready, null)
}

const answer = new Uint8Array(1)

/** Reads the child's byte; false when it closed its socket, which it does only by dying. */
function saysFree(child: Child): boolean {
  try {
    return read(child.socket, answer) === 1
  } catch (error) {
    if (failedWith(error, 'ECONNRESET')) return false
    throw error
  }
}

function replace(dead: Child, listener: number, children: Child[], options: ModelOptions): Child {
  close(dead.socket)
  waitpid(dead.pid)
  const siblings = children.filter((child) => child !== dead)
  return startChild(listener, siblings, options)
}

function passConnection(listener: number, children: Child[]): void {
  const connection = accept(listener)
  if (connection === WOULD_BLOCK) return
  for (const child of children) {
    if (!child.free) continue
    child.free = false
    try {
      sendfd(child.socket, connection)
      break
    } catch (error) {
      // It died; the next select says so. Another child gets the connection.
      if (!failedWith(error, 'EPIPE', 'ECONNRESET')) throw error
    }
  }
  close(connection)
}
