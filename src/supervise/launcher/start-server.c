#define _GNU_SOURCE
#include "start-server.h"
#include "contain.h"
#include "report.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void be_server(char **settings, char **command, pid_t launcher, const int output[2])
{
  /*
   * A group of its own, in the session of the launcher: no terminal can be had there, job control signals work as
   * under a shell, and `kill -PID` reaches the server and its children.
   */
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != launcher) _exit(127);
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  dup2(open("/dev/null", O_RDWR | O_CLOEXEC), 0);
  dup2(output[0], 1);
  dup2(output[1], 2);
  for (; *settings; settings++) putenv(*settings);
  execvp(command[0], command);
}

pid_t start_server(char **settings, char **command, const int output[2])
{
  int failure[2], reason = 0;
  pid_t launcher = getpid(), pid = pipe2(failure, O_CLOEXEC) < 0 ? -1 : fork();
  if (pid == 0) {
    be_server(settings, command, launcher, output);
    reason = errno;
    _exit(write(failure[1], &reason, sizeof reason) < 0 ? 126 : 127);
  }
  if (pid > 0) {
    close(failure[1]);
    /* The other end closes when the command has taken over, without a word. */
    if (read(failure[0], &reason, sizeof reason) == sizeof reason) waitpid(pid, NULL, 0);
    close(failure[0]);
  } else
    reason = errno;
  if (reason) return report("failed %d", reason), 0;
  report("started %d", outer_pid(pid));
  return pid;
}
