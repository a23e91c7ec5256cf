import { arch } from 'node:process'

/** Names of the system calls that servers wait in. Source: <asm/unistd_64.h>, <asm-generic/unistd.h>. */
const tables: Record<string, Record<number, string>> = {
  x64: {
    0: 'read',
    1: 'write',
    7: 'poll',
    20: 'writev',
    23: 'select',
    34: 'pause',
    35: 'nanosleep',
    42: 'connect',
    43: 'accept',
    44: 'sendto',
    45: 'recvfrom',
    46: 'sendmsg',
    47: 'recvmsg',
    61: 'wait4',
    72: 'fcntl',
    73: 'flock',
    128: 'sigtimedwait',
    130: 'sigsuspend',
    202: 'futex',
    230: 'nanosleep',
    232: 'epoll_wait',
    247: 'waitid',
    270: 'pselect',
    271: 'ppoll',
    281: 'epoll_pwait',
    288: 'accept',
    426: 'io_uring',
  },
  arm64: {
    22: 'epoll_pwait',
    25: 'fcntl',
    32: 'flock',
    63: 'read',
    64: 'write',
    66: 'writev',
    72: 'pselect',
    73: 'ppoll',
    95: 'waitid',
    98: 'futex',
    101: 'nanosleep',
    115: 'nanosleep',
    133: 'sigsuspend',
    137: 'sigtimedwait',
    202: 'accept',
    203: 'connect',
    206: 'sendto',
    207: 'recvfrom',
    211: 'sendmsg',
    212: 'recvmsg',
    242: 'accept',
    260: 'wait4',
    426: 'io_uring',
  },
}

/**
 * What /proc/PID/syscall says: the name of the system call that the process waits in, `running`, or null when it
 * is blocked outside of one. Source: proc_pid_syscall(5).
 */
export function parseSyscall(text: string): string | null {
  const number = text.split(' ', 1)[0]!.trim()
  if (number === 'running') return 'running'
  if (number === '-1' || number === '') return null
  return tables[arch]?.[Number(number)] ?? `call ${number}`
}
