import { addon } from './addon.ts'
import { check } from './call.ts'

/** The services that a native thread can give; see client-thread.c. Source: pthread_create(3). */
export const threadServices = ['bytes', 'echo'] as const
/** One of them. Source: pthread_create(3). */
export type ThreadService = (typeof threadServices)[number]

/**
 * Starts a thread that serves one client, after so many milliseconds, and closes the connection. Throws PosixError
 * (EAGAIN at the limit of threads; then the connection stays open). Source: pthread_create(3).
 */
export function startThread(connection: number, service: ThreadService, delay: number): void {
  check('pthread_create', addon.startThread!(connection, threadServices.indexOf(service), delay))
}

/** Names the calling thread, in up to 15 bytes, for those who look on. Source: prctl(2), PR_SET_NAME. */
export function nameThread(name: string): void {
  addon.nameThread!(name)
}

/** A lock that threads and forked children share; when its holder dies, the next gets it. Source: pthread_mutex_lock(3). */
export type Mutex = number

/** Returns a new mutex. Throws PosixError (EMFILE after the sixteenth). Source: pthread_mutexattr_setrobust(3), _setpshared(3). */
export function createMutex(): Mutex {
  return check('pthread_mutex_init', addon.createMutex!())
}

/** Waits until this thread holds the mutex. Throws PosixError (EINVAL). Source: pthread_mutex_lock(3). */
export function lockMutex(mutex: Mutex): void {
  check('pthread_mutex_lock', addon.lockMutex!(mutex))
}

/** Gives the mutex back. Throws PosixError (EPERM when another holds it). Source: pthread_mutex_unlock(3). */
export function unlockMutex(mutex: Mutex): void {
  check('pthread_mutex_unlock', addon.unlockMutex!(mutex))
}
