import { expect, test } from 'vitest'
import { compileMeeting } from './meeting.ts'
import { observe } from './observe-program.ts'

/** The program itself measures how long it did what. */
const TIMING = `
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
static double serving, waiting;
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
static void work(void) { usleep(200000); }
#define MEASURED(sum, what) do { double before = now(); what; sum += now() - before; } while (0)
/* The client sends or reads only after a while. */
static void later(void (*what)(void)) {
  if (fork() == 0) {
    close(accepted);
    work();
    what();
    _exit(0);
  }
}
static void ask_once(void) { ask(9); }
static void read_all(void) { while (get(client) > 0) continue; }
static int watched(void) {
  int epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  fcntl(accepted, F_SETFL, O_NONBLOCK);
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, accepted, &event) < 0) abort();
  return epoll;
}
static void *serve_slowly(void *unused) {
  work();
  get(accepted), put(accepted);
  close(accepted);
  return unused;
}
`
/** What it does about its connection; the time it measures is what the probe must have measured. */
const servers: [what: string, body: string][] = [
  [
    'sleeps between accept and read: it serves',
    'ask(9); MEASURED(serving, work()); get(accepted); put(accepted);',
  ],
  [
    'sleeps between read and write: it serves',
    'ask(9); get(accepted); MEASURED(serving, work()); put(accepted);',
  ],
  [
    'sleeps in the middle of its answer: it serves',
    'ask(9); get(accepted); put(accepted); MEASURED(serving, work()); put(accepted);',
  ],
  [
    'waits for a silent client: it waits',
    'later(ask_once); MEASURED(waiting, get(accepted)); put(accepted);',
  ],
  [
    'waits for the rest of a request: it waits',
    'ask(9); get(accepted); later(ask_once); MEASURED(waiting, get(accepted)); put(accepted);',
  ],
  [
    'waits for the next request of a client: it waits',
    'ask(9); get(accepted); put(accepted); later(ask_once); MEASURED(waiting, get(accepted)); put(accepted);',
  ],
  [
    'writes to a client that does not read: it waits',
    `later(read_all);
     static char much[32 << 20];
     MEASURED(waiting, if (write(accepted, much, sizeof much) < 0) return 1);
     shutdown(accepted, SHUT_WR);`,
  ],
  [
    'polls its client alone: it waits',
    'struct pollfd one = {accepted, POLLIN, 0}; later(ask_once); MEASURED(waiting, poll(&one, 1, -1)); get(accepted); put(accepted);',
  ],
  [
    'waits in select for a client that has said nothing: it waits',
    `fd_set set;
     FD_ZERO(&set); FD_SET(listener, &set); FD_SET(accepted, &set);
     later(ask_once);
     MEASURED(waiting, select(accepted + 1, &set, NULL, NULL, NULL));
     get(accepted), put(accepted);`,
  ],
  [
    'is an event loop with a silent client: it waits',
    'struct epoll_event event; int epoll = watched(); MEASURED(waiting, epoll_wait(epoll, &event, 1, 200));',
  ],
  [
    'is an event loop with nothing in flight: it is idle',
    'struct epoll_event event; int epoll = watched(); ask(9); get(accepted); put(accepted); epoll_wait(epoll, &event, 1, 200);',
  ],
  [
    'is an event loop in which a request sleeps: it serves',
    'struct epoll_event event; int epoll = watched(); ask(9); get(accepted); MEASURED(serving, epoll_wait(epoll, &event, 1, 200)); put(accepted);',
  ],
  [
    'sleeps without a connection: it is idle',
    'ask(9); get(accepted); put(accepted); close(accepted); work();',
  ],
  [
    'waits for other things without a turn: it is idle',
    'ask(9); get(accepted); put(accepted); shutdown(accepted, SHUT_WR); work();',
  ],
  [
    'has a thread for its client, which sleeps first: that serves, and who accepted is idle',
    `pthread_t thread;
     ask(9);
     pthread_create(&thread, NULL, serve_slowly, NULL);
     MEASURED(serving, pthread_join(thread, NULL));`,
  ],
  [
    'has a child for its client, which sleeps first: that serves, and its parent is idle',
    `ask(9);
     if (fork() == 0) { work(); get(accepted); put(accepted); _exit(0); }
     close(accepted);
     MEASURED(serving, wait(NULL));`,
  ],
]

test.each(servers)('a server that %s', async (_, body) => {
  const { counts, output, code } = await observe(
    compileMeeting(`${TIMING}
    int main(void) {
      double begin = now();
      meet(AF_INET);
      ${body}
      close(accepted);
      work();
      printf("[%f, %f, %f]", serving, waiting, now() - begin);
      return 0;
    }`),
  )
  expect(code).toBe(0)
  const [serving, waiting, all] = JSON.parse(output)
  const points = (part: number) => (100 * part) / all
  expect(Math.abs(points(counts.serving) - points(serving))).toBeLessThan(3)
  expect(Math.abs(points(counts.waiting) - points(waiting))).toBeLessThan(3)
})
