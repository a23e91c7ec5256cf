import { expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import { compile } from '../support/compile.ts'
import { observe } from './observe-program.ts'

const HEADERS = `
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
extern char **environ;
__attribute__((unused)) static int listening(int flags) {
  int fd = socket(AF_INET, SOCK_STREAM | flags, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 5) < 0) abort();
  return fd;
}
__attribute__((unused)) static void come(int listener) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &length);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, length) < 0) abort();
}
`
/** Runs a C program's main with the probe in it. */
const run = (body: string, flags: string[] = []) => observe(compile(`${HEADERS}\n${body}`, flags))
const main = (body: string, flags: string[] = []) => run(`int main(void) {\n${body}\nreturn 0;\n}`, flags)
const of = <T extends Event['type']>(events: Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
/** What was told of one process, in order. */
const story = (events: Event[], pid: number) =>
  events.filter((event) => 'pid' in event && event.pid === pid).map(({ type }) => type)

test('_Fork is a fork', async () => {
  const { pid, events } = await main(`
    if (_Fork() == 0) _exit(5);
    wait(NULL);`)
  const [fork] = of(events, 'forked')
  expect(fork).toMatchObject({ parent: pid, index: 0 })
  expect(story(events, fork!.pid)).toEqual(['forked', 'exited', 'reaped'])
})

test('a process that becomes a daemon is a child whose parent ends well', async () => {
  const { pid, events } = await main('if (daemon(0, 1) < 0) return 1; puts("daemon"); return 4;')
  const [fork] = of(events, 'forked')
  expect(fork).toMatchObject({ parent: pid })
  expect(of(events, 'exited')).toMatchObject([
    { pid, code: 0 },
    { pid: fork!.pid, code: 4 },
  ])
})

test.each(['posix_spawn', 'posix_spawnp'])(
  '%s is a fork, told before all else of its child',
  async (spawn) => {
    const { pid, events, output } = await main(`
    pid_t child;
    char *argv[] = {"sh", "-c", "echo spawned; exit 6", NULL};
    for (int i = 0; i < 3; i++) {
      if (${spawn}(&child, "/bin/sh", NULL, NULL, argv, environ)) return 1;
      waitpid(child, NULL, 0);
    }
    return ${spawn}(NULL, "/nowhere", NULL, NULL, argv, environ) == ENOENT ? 0 : 2;`)
    expect(output).toBe('spawned\\n'.repeat(3).replaceAll('\\n', '\n'))
    expect(of(events, 'forked')).toMatchObject([0, 1, 2].map((index) => ({ parent: pid, index })))
    for (const fork of of(events, 'forked'))
      expect(story(events, fork.pid)).toEqual(['forked', 'probed', 'exited', 'reaped'])
    expect(of(events, 'fork-failed')).toEqual([])
    expect(of(events, 'exited').at(-1)).toMatchObject({ pid, code: 0 })
  },
)

test('popen is a fork, and pclose reaps', async () => {
  const { pid, events, output } = await main(`
    char line[64];
    for (int i = 0; i < 3; i++) {
      FILE *stream = popen("echo through a pipe; exit 3", "r");
      if (!stream || !fgets(line, sizeof line, stream)) return 1;
      fputs(line, stdout);
      if (pclose(stream) != 3 << 8) return 2;
    }`)
  expect(output).toBe('through a pipe\n'.repeat(3))
  expect(of(events, 'forked')).toMatchObject([0, 1, 2].map((index) => ({ parent: pid, index })))
  expect(of(events, 'reaped')).toMatchObject(
    of(events, 'forked').map((fork) => ({ pid: fork.pid, by: pid, ending: { code: 3 } })),
  )
})

test('the shell of system is reaped, with its exit code', async () => {
  const { pid, events } = await main(`
    for (int i = 0; i < 3; i++) if (system("exit 9") != 9 << 8) return 1;
    if (!system(NULL)) return 2;`)
  const shells = of(events, 'probed').filter((probed) => probed.pid !== pid)
  expect(of(events, 'reaped')).toMatchObject(
    [9, 9, 9, 0].map((code, i) => ({ pid: shells[i]?.pid, by: pid, ending: { code } })),
  )
})

test('every way to send a signal is seen, also one that fails', async () => {
  const { pid, events } = await main(`
    signal(SIGUSR1, SIG_IGN);
    raise(SIGUSR1);
    sigqueue(getpid(), SIGUSR1, (union sigval){0});
    pthread_kill(pthread_self(), SIGUSR1);
    tgkill(getpid(), gettid(), SIGUSR1);
    int self = pidfd_open(getpid(), 0);
    pidfd_send_signal(self, SIGUSR1, NULL, 0);
    errno = 0;
    if (sigqueue(4194303, SIGUSR1, (union sigval){0}) != -1 || errno != ESRCH) return 1;`)
  const sent = of(events, 'signal-sent')
  expect(sent.slice(0, 5)).toMatchObject(Array(5).fill({ from: pid, to: pid, signal: 'SIGUSR1' }))
  expect(sent.slice(5)).toMatchObject([{ to: 4194303 }, { to: 4194303, errno: 'ESRCH' }])
  expect(of(events, 'exited')).toMatchObject([{ code: 0 }])
})

test('what is no signal, or can be no process, is not told of', async () => {
  const { code, events } = await main(`
    if (kill(getpid(), 200) != -1 || errno != EINVAL) return 1;
    if (kill(getpid(), -1) != -1 || errno != EINVAL) return 2;
    if (pthread_kill(pthread_self(), 200) != EINVAL) return 3;
    if (kill(2147483647, SIGTERM) != -1 || errno != ESRCH) return 4;
    if (kill(getpid(), 0) != 0) return 5;`)
  expect(code).toBe(0)
  expect(of(events, 'signal-sent')).toEqual([])
})

test('epoll_pwait2, and ppoll in a program that is fortified, wake for a connection', async () => {
  const { counts } = await main(
    `
    int listener = listening(SOCK_NONBLOCK), epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    come(listener);
    epoll_pwait2(epoll, &event, 1, NULL, NULL);
    accept(listener, NULL, NULL);
    volatile nfds_t one = 1;
    struct pollfd fds[2] = {{listener, POLLIN, 0}};
    come(listener);
    ppoll(fds, one, NULL, NULL);
    accept(listener, NULL, NULL);
    come(listener);
    poll(fds, one, -1);
    accept(listener, NULL, NULL);`,
    ['-O2', '-D_FORTIFY_SOURCE=2'],
  )
  expect(counts).toMatchObject({ accepts: 3, wakeups: 3 })
})

/** Each makes a listener that does not block stand where one that blocked was, or the other way round. */
const changes: [string, string][] = [
  ['close', 'close(fd); next = listening(SOCK_NONBLOCK);'],
  ['dup2', 'next = listening(SOCK_NONBLOCK); next = dup2(next, fd);'],
  ['dup3', 'next = listening(SOCK_NONBLOCK); next = dup3(next, fd, O_CLOEXEC);'],
  ['fcntl', 'fcntl(fd, F_SETFL, O_NONBLOCK);'],
  ['ioctl', 'int on = 1; ioctl(fd, FIONBIO, &on);'],
  ['close_range', 'close_range(fd, fd, 0); next = listening(SOCK_NONBLOCK);'],
  ['closefrom', 'closefrom(fd); next = listening(SOCK_NONBLOCK);'],
]

test.each(changes)('after %s a descriptor is looked at anew', async (_, change) => {
  const { counts, code } = await main(`
    int fd = listening(0), next = fd;
    come(fd);
    accept(fd, NULL, NULL);
    ${change}
    if (next != fd) return 1;
    struct pollfd entry = {fd, POLLIN, 0};
    come(fd);
    poll(&entry, 1, -1);
    accept(fd, NULL, NULL);
    accept(fd, NULL, NULL);
    come(fd);
    accept(fd, NULL, NULL);`)
  expect(code).toBe(0)
  // The last accept found its connection without having been woken: were it thought to wait, it would count as woken.
  expect(counts).toMatchObject({ accepts: 3, wakeups: 2, eagain: 1 })
})

test('_exit in a vfork child ends the child alone', async () => {
  const { pid, events } = await main(`
    pid_t child = vfork();
    if (child == 0) _exit(7);
    waitpid(child, NULL, 0);
    printf("%d", child);
    exit(3);`)
  const [end, own] = of(events, 'exited')
  expect(end).toMatchObject({ code: 7 })
  expect(own).toMatchObject({ pid, code: 3 })
  expect(story(events, end!.pid)).toEqual(['probed', 'exited', 'reaped'])
})

test('a library whose constructor runs before ours finds all calls', async () => {
  const library = compile(
    `
    #define _GNU_SOURCE
    #include <poll.h>
    #include <signal.h>
    #include <sys/wait.h>
    #include <unistd.h>
    __attribute__((constructor)) static void first(void) {
      poll(NULL, 0, 0);
      kill(getpid(), 0);
      close(-1);
      pid_t child = fork();
      if (child == 0) _exit(0);
      waitpid(child, NULL, 0);
    }`,
    ['-shared', '-fPIC', '-Wl,-z,initfirst'],
  )
  const { code, events } = await main('return 8;', ['-x', 'none', '-Wl,--no-as-needed', library])
  expect(code).toBe(8)
  expect(of(events, 'probed')).toHaveLength(1)
  expect(of(events, 'exited').at(-1)).toMatchObject({ code: 8 })
})

test('a program built with AddressSanitizer runs, and is seen', async () => {
  const { code, events, counts } = await main(
    `
    int listener = listening(0);
    come(listener);
    accept(listener, NULL, NULL);
    char *volatile memory = malloc(10);
    memory[9] = 0;
    free(memory);
    if (fork() == 0) _exit(0);
    wait(NULL);
    return 4;`,
    ['-fsanitize=address'],
  )
  expect(code).toBe(4)
  expect(counts).toMatchObject({ accepts: 1 })
  expect(of(events, 'forked')).toHaveLength(1)
})
