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
export { POLLIN, POLLOUT, PollArray, poll, ppoll } from './poll.ts'
export { exit, fork, getpid, getppid, kill, pause, sleep, type Waited, waitpid } from './process.ts'
export { FD_SETSIZE, FdSet, select, unprotectedSelect } from './select.ts'
export { SignalInfo, signalfd } from './signalfd.ts'
export { blockSignal, type Signal, type SignalHandler, setWakeupDescriptor, signal } from './signals.ts'
export {
  accept,
  bind,
  connect,
  dataSegmentsSent,
  listen,
  localPort,
  recvfd,
  type SocketAddress,
  sendfd,
  sendfile,
  setCork,
  setNoDelay,
  setResetOnClose,
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
