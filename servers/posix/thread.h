#ifndef THREAD_H
#define THREAD_H
#include <stdbool.h>

enum thread_service { BYTES, ECHO };

/* Starts a thread that serves one client and closes its descriptor. 0, or -1 with errno. pthread_create(3) */
int start_client_thread(int fd, enum thread_service service, int milliseconds);

/* Names the calling thread, as /proc/PID/task/TID/comm shows it. */
void name_thread(const char *name);

/* A robust mutex that threads and processes share; returns its number, or -1. pthread_mutexattr_setrobust(3) */
int create_mutex(void);
int lock_mutex(int mutex);
int unlock_mutex(int mutex);
#endif
