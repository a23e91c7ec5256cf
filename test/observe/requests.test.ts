import { expect, test } from 'vitest'
import { compileMeeting } from './meeting.ts'
import { observe } from './observe-program.ts'

const serve = (body: string, family = 'AF_INET') =>
  observe(
    compileMeeting(`\nint main(void) {
      meet(${family});
      ${body}
      return 0;
    }`),
  )

test.each([
  ['one answer to one request is one', 'ask(9); get(accepted); put(accepted);', 1],
  [
    'two requests one after the other are two',
    'for (int i = 0; i < 2; i++) ask(9), get(accepted), put(accepted);',
    2,
  ],
  [
    'requests that were sent at once are one',
    'ask(9); ask(9); get(accepted); put(accepted); put(accepted);',
    1,
  ],
  ['a greeting that nobody asked for is none', 'put(accepted); put(accepted);', 0],
  ['a request without an answer is none', 'ask(9); get(accepted);', 0],
  ['an answer in pieces is one', 'ask(9); get(accepted); for (int i = 0; i < 5; i++) put(accepted);', 1],
  ['what is only looked at is no request', 'ask(9); recv(accepted, buffer, 9, MSG_PEEK); put(accepted);', 0],
  ['what a client writes is none', 'put(accepted); get(client); put(client);', 0],
  ['over IPv6 likewise', 'ask(9); get(accepted); put(accepted);', 1, 'AF_INET6'],
] as [string, string, number, string?][])('%s', async (_, body, requests, family) => {
  const { counts, code } = await serve(body, family)
  expect(code).toBe(0)
  expect(counts.requests).toBe(requests)
})

test.each([
  'read(accepted, buffer, 9)',
  'recv(accepted, buffer, 9, 0)',
  'recvfrom(accepted, buffer, 9, 0, NULL, NULL)',
  'readv(accepted, &(struct iovec){buffer, 9}, 1)',
  'recvmsg(accepted, &(struct msghdr){.msg_iov = &(struct iovec){buffer, 9}, .msg_iovlen = 1}, 0)',
  'recvmmsg(accepted, &(struct mmsghdr){{.msg_iov = &(struct iovec){buffer, 9}, .msg_iovlen = 1}, 0}, 1, 0, NULL)',
  'splice(accepted, NULL, pipes[1], NULL, 9, 0)',
])('%s reads nine bytes of a request', async (call) => {
  const { counts } = await serve(`
    int pipes[2];
    if (pipe(pipes) < 0) return 1;
    ask(9);
    if (${call} <= 0) return 1;
    put(accepted);`)
  expect(counts).toMatchObject({ requests: 1, bytesIn: 9, bytesOut: 6 })
})

test.each([
  'write(accepted, buffer, 7)',
  'send(accepted, buffer, 7, 0)',
  'sendto(accepted, buffer, 7, 0, NULL, 0)',
  'writev(accepted, &(struct iovec){buffer, 7}, 1)',
  'sendmsg(accepted, &(struct msghdr){.msg_iov = &(struct iovec){buffer, 7}, .msg_iovlen = 1}, 0)',
  'sendmmsg(accepted, &(struct mmsghdr){{.msg_iov = &(struct iovec){buffer, 7}, .msg_iovlen = 1}, 0}, 1, 0)',
  'sendfile(accepted, file, NULL, 7)',
  'splice(pipes[0], NULL, accepted, NULL, 7, 0)',
])('%s answers with seven bytes', async (call) => {
  const { counts } = await serve(`
    int pipes[2], file = open("/proc/self/exe", O_RDONLY);
    if (file < 0 || pipe(pipes) < 0 || write(pipes[1], buffer, 7) != 7) return 1;
    ask(9);
    get(accepted);
    if (${call} <= 0) return 1;`)
  expect(counts).toMatchObject({ requests: 1, bytesIn: 9, bytesOut: 7 })
})

test.each([
  ['dup', 'int copy = dup(accepted);'],
  ['dup2', 'int copy = dup2(accepted, 40);'],
  ['dup3', 'int copy = dup3(accepted, 40, O_CLOEXEC);'],
  ['F_DUPFD', 'int copy = fcntl(accepted, F_DUPFD, 50);'],
])('a copy by %s is the same connection, which is open until both are closed', async (_, copy) => {
  const { counts, counters } = await serve(`
    ${copy}
    ask(9);
    get(accepted);
    close(accepted);
    put(copy);
    ask(9);
    get(copy);
    put(copy);`)
  expect(counts).toMatchObject({ requests: 2, bytesIn: 18 })
  expect(counters.reduce((sum, { open }) => sum + open, 0)).toBe(1)
})

test('a child has what its parent had, and counts for itself', async () => {
  const { counters, pid } = await serve(`
    ask(9);
    get(accepted);
    if (fork() == 0) {
      put(accepted);
      ask(9);
      get(accepted);
      put(accepted);
      _exit(0);
    }
    close(accepted);
    wait(NULL);`)
  const child = counters.find((each) => each.pid !== pid && each.pid !== 0)!
  expect(child).toMatchObject({ requests: 2, bytesIn: 9, open: 1, accepts: 0 })
  expect(counters.find((each) => each.pid === pid)).toMatchObject({
    requests: 0,
    bytesIn: 9,
    open: 0,
    accepts: 1,
  })
})

test('who receives a connection goes on where its sender stopped', async () => {
  const { counters, pid } = await serve(`
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) return 1;
    if (fork() == 0) {
      close(accepted);
      int got = receive(ends[1]);
      put(got);
      _exit(0);
    }
    ask(9);
    get(accepted);
    pass(ends[0], accepted);
    close(accepted);
    wait(NULL);`)
  expect(counters.find((each) => each.pid !== pid)).toMatchObject({ requests: 1, received: 1, bytesOut: 6 })
  expect(counters.find((each) => each.pid === pid)).toMatchObject({ requests: 0, passed: 1, bytesIn: 9 })
})

test('a program that is started with the connection as its standard output answers on it', async () => {
  const { counts, events } = await serve(`
    ask(9);
    get(accepted);
    if (fork() == 0) {
      dup2(accepted, 0);
      dup2(accepted, 1);
      execlp("cat", "cat", "/proc/version", NULL);
    }
    close(accepted);
    wait(NULL);`)
  expect(events.filter(({ type }) => type === 'probed')).toHaveLength(2)
  expect(counts.requests).toBe(1)
  expect(counts.bytesOut).toBeGreaterThan(10)
})

test('a number that is used again is another connection', async () => {
  const { counts, counters } = await serve(`
    ask(9);
    get(accepted);
    FILE *stream = fdopen(accepted, "r+");
    fclose(stream);
    int file = open("/proc/self/exe", O_RDONLY);
    if (file != accepted || get(file) <= 0) return 1;
    close(file);
    meet(AF_INET);
    put(accepted);`)
  expect(counts).toMatchObject({ accepts: 2, requests: 0, bytesIn: 9, bytesOut: 6 })
  expect(counters.reduce((sum, { open }) => sum + open, 0)).toBe(1)
})

test('a Unix socket’s connections are followed too', async () => {
  const { counts } = await observe(
    compileMeeting(`    #include <sys/un.h>
    int main(void) {
      struct sockaddr_un name = {.sun_family = AF_UNIX};
      socklen_t length = sizeof name;
      listener = socket(AF_UNIX, SOCK_STREAM, 0);
      if (bind(listener, (struct sockaddr *)&name, sizeof(sa_family_t)) < 0 || listen(listener, 5) < 0) return 1;
      getsockname(listener, (struct sockaddr *)&name, &length);
      for (int i = 0; i < 3; i++) {
        client = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(client, (struct sockaddr *)&name, length) < 0) return 1;
        accepted = accept(listener, NULL, NULL);
        ask(9), get(accepted), put(accepted);
      }
      return 0;
    }`),
  )
  expect(counts).toMatchObject({ accepts: 3, requests: 3, bytesIn: 27, bytesOut: 18 })
})

test('more children than there are places, each of which answers once, are counted exactly', async () => {
  const children = 20_000
  const { counts, code } = await serve(`
    for (int i = 0; i < ${children}; i++) {
      ask(1);
      if (fork() == 0) {
        get(accepted);
        put(accepted);
        _exit(0);
      }
      wait(NULL);
      get(client);
    }`)
  expect(code).toBe(0)
  expect(counts).toMatchObject({ requests: children, bytesIn: children, bytesOut: 6 * children })
})
