#ifndef START_SERVER_H
#define START_SERVER_H
#include <sys/types.h>

/*
 * Runs the command with these settings in its environment and its output going into two pipes, and reports how that
 * went. Returns its pid; 0 when it could not be started.
 */
pid_t start_server(char **settings, char **command, const int output[2]);
#endif
