/* The main thread accepts and puts each connection into a queue, out of which N threads take them (UNP 30.12). */
#include "threads.h"

#define LENGTH 128

static int queue[LENGTH];
static unsigned put, taken;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_cond_t emptied = PTHREAD_COND_INITIALIZER;

static void put_connection(int connection) {
  pthread_mutex_lock(&mutex);
  while (put - taken == LENGTH) pthread_cond_wait(&emptied, &mutex);
  queue[put++ % LENGTH] = connection;
  pthread_cond_signal(&filled);
  pthread_mutex_unlock(&mutex);
}

static int take_connection(void) {
  pthread_mutex_lock(&mutex);
  while (put == taken) pthread_cond_wait(&filled, &mutex);
  int connection = queue[taken++ % LENGTH];
  pthread_cond_signal(&emptied);
  pthread_mutex_unlock(&mutex);
  return connection;
}

static void *serve_forever(void *argument) {
  (void)argument;
  for (;;) {
    int connection = take_connection();
    serve_bytes(connection);
    close(connection);
  }
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(port_argument(argc, argv));
  int threads = number_argument(argc, argv, 2, MOST_CHILDREN, DEFAULT_CHILDREN);
  for (int i = 0; i < threads; i++) start_thread(serve_forever, listener);
  for (;;) put_connection(accept_next(listener));
}
