import { expect, test } from 'vitest'
import { EVENT_COUNT, SLOT_COUNT } from '../../src/observe/layout.ts'
import { compile } from '../support/compile.ts'
import { observe } from './observe-program.ts'

const threads = (count: number) => `
#include <pthread.h>
#include <sys/socket.h>
static int listener;
static void *look(void *unused) {
  accept(listener, NULL, NULL);
  return unused;
}
int main(void) {
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listen(listener, 1) < 0) return 1;
  for (int i = 0; i < ${count}; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, look, NULL) != 0 || pthread_join(thread, NULL) != 0) return 1;
  }
  return 0;
}`

const signals = (count: number) => `
#include <signal.h>
#include <unistd.h>
int main(void) {
  for (int i = 0; i < ${count}; i++) kill(getpid(), SIGCONT);
  return 0;
}`

test('more threads than the probe has places for are counted exactly, all the same', async () => {
  const count = SLOT_COUNT + 500
  const { counts, counters, code } = await observe(compile(threads(count)))
  expect(code).toBe(0)
  expect(counts.eagain).toBe(count)
  expect(counters.find(({ pid }) => pid === 0)?.eagain).toBe(501)
})

test('more events than the ring holds are dropped, and counted exactly', async () => {
  const count = EVENT_COUNT + 5000
  const { events, dropped, code } = await observe(compile(signals(count)))
  expect(code).toBe(0)
  expect(events).toHaveLength(EVENT_COUNT)
  expect(dropped + events.length).toBe(count + 2) // and its start and exit
  expect(events.at(-1)).toMatchObject({ type: 'exited', code: 0 })
})
