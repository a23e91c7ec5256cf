#define _GNU_SOURCE
#include "contain.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers may be older than the kernel that runs us. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#endif
#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#define MOVE_MOUNT_F_EMPTY_PATH 4
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

static bool has_users; /* a user namespace, too */
static uid_t user;
static gid_t group;
static pid_t own_outer_pid; /* 0 when we are not contained */

static pid_t clone_into(unsigned long namespaces)
{
  /* The first argument is the flags on both architectures that we run on, and the others say: as fork does. */
  return (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
}

pid_t fork_contained(void)
{
  unsigned long namespaces = CLONE_NEWPID | CLONE_NEWNS;
  user = geteuid();
  group = getegid();
  pid_t pid = clone_into(namespaces);
  if (pid >= 0 || errno != EPERM) return pid;
  has_users = true;
  return clone_into(namespaces | CLONE_NEWUSER);
}

static bool write_file(const char *path, const char *text)
{
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool written = write(file, text, strlen(text)) > 0;
  close(file);
  return written;
}

/* Everybody stays who he is; there is nobody else. */
static bool map_user(void)
{
  char users[64], groups[64];
  snprintf(users, sizeof users, "%u %u 1", user, user);
  snprintf(groups, sizeof groups, "%u %u 1", group, group);
  return write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", users) &&
         write_file("/proc/self/gid_map", groups);
}

/*
 * What is mounted outside later is seen here, too, but not the other way round. The copy of the old /proc is made
 * before the new one covers it.
 */
static bool mount_proc(void)
{
  if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) return false;
  int outer = (int)syscall(SYS_open_tree, AT_FDCWD, "/proc", OPEN_TREE_CLONE | AT_RECURSIVE | O_CLOEXEC);
  if (outer < 0) return false;
  bool done = mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0 &&
              syscall(SYS_move_mount, outer, "", AT_FDCWD, OUTER_PROC, MOVE_MOUNT_F_EMPTY_PATH) == 0;
  int error = errno;
  close(outer);
  errno = error;
  return done;
}

/* Like the server then, which else might not look at our descriptors: proc_pid_fd(5), ptrace(2). */
static bool drop_capabilities(void)
{
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  return syscall(SYS_capset, &header, none) == 0;
}

int settle_inside(void)
{
  char self[16] = "";
  if ((has_users && !map_user()) || !mount_proc()) return errno;
  if (readlink(OUTER_PROC "/self", self, sizeof self - 1) < 0) return errno;
  own_outer_pid = (pid_t)atol(self);
  if (has_users && !drop_capabilities()) return errno;
  setsid(); /* a session that its processes can name */
  return 0;
}

/* A descriptor of the process tells its pid in the eyes of whichever /proc it is looked at through. */
pid_t outer_pid(pid_t pid)
{
  if (!own_outer_pid) return pid;
  if (pid == getpid()) return own_outer_pid;
  int process = (int)syscall(SYS_pidfd_open, pid, 0);
  if (process < 0) return 0;
  char path[64], text[512] = "";
  snprintf(path, sizeof path, OUTER_PROC "/self/fdinfo/%d", process);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file >= 0 && read(file, text, sizeof text - 1) < 0) text[0] = 0;
  if (file >= 0) close(file);
  close(process);
  const char *line = strstr(text, "\nPid:");
  return line ? (pid_t)atol(line + strlen("\nPid:")) : 0;
}
