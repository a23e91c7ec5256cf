/** System calls for TypeScript. They block the thread, as in the textbook; each names its manual page. */
export { WOULD_BLOCK } from './call.ts'
export { close, lock, openUnnamed, pipe, read, reopen, setNonBlocking, unlock, write } from './descriptor.ts'
export {
  EPOLLERR,
  EPOLLET,
  EPOLLEXCLUSIVE,
  EPOLLHUP,
  EPOLLIN,
  EPOLLOUT,
  epollAdd,
  epollChange,
  epollCreate,
  epollRemove,
  epollWait,
} from './epoll.ts'
export { failedWith, PosixError } from './error.ts'
export { POLLIN, POLLOUT, PollArray, poll } from './poll.ts'
export { exit, fork, getpid, getppid, kill, pause, sleep, type Waited, waitpid } from './process.ts'
export { FD_SETSIZE, FdSet, select } from './select.ts'
export { type Signal, type SignalHandler, signal } from './signals.ts'
export {
  accept,
  bind,
  connect,
  listen,
  recvfd,
  type SocketAddress,
  sendfd,
  setReuseAddress,
  setReusePort,
  shutdownWrite,
  socket,
  socketAddress,
  socketError,
  socketpair,
} from './socket.ts'
export {
  createMutex,
  lockMutex,
  type Mutex,
  nameThread,
  startThread,
  type ThreadService,
  threadServices,
  unlockMutex,
} from './thread.ts'
