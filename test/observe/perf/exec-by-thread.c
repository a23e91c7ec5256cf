/* One of its threads, not the first, replaces the program. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *replace(void *unused) {
  (void)unused;
  execl("/bin/sh", "sh", "-c", "exit 5", NULL);
  _exit(9);
}

static void *wait_forever(void *unused) {
  for (;;) pause();
  return unused;
}

int main(void) {
  puts("ready"), fflush(stdout);
  getchar();
  pthread_t thread;
  for (int i = 0; i < 4; i++) pthread_create(&thread, NULL, wait_forever, NULL);
  pthread_create(&thread, NULL, replace, NULL);
  wait_forever(NULL);
}
