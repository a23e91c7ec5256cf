#include "guard.h"
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <termios.h>
#include <unistd.h>

/* Leaves synchronized output, mouse reports, colours and the alternate screen; shows the cursor. */
static const char LEAVE_SCREEN[] = "\x1b[?2026l\x1b[?1000l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l";

static void leave_screen(void)
{
  const char *rest = LEAVE_SCREEN, *end = rest + sizeof LEAVE_SCREEN - 1;
  while (rest < end) {
    ssize_t count = write(1, rest, (size_t)(end - rest));
    if (count > 0)
      rest += count;
    else if (errno != EAGAIN || poll(&(struct pollfd){1, POLLOUT, 0}, 1, 2000) <= 0)
      return;
  }
}

/* The screen's raw mode is known by ISIG being off. A shell's line editor leaves it on: then it was faster than us. */
static void leave_raw_mode(const struct termios *before)
{
  struct termios now;
  if (tcgetattr(0, &now) < 0 || now.c_lflag & ISIG) return;
  tcflush(0, TCIFLUSH); /* keys and mouse reports meant for the screen are no commands to a shell */
  tcsetattr(0, TCSANOW, before);
}

int guard(int control)
{
  struct termios before;
  bool saved = tcgetattr(0, &before) == 0, screen = false;
  setpgid(0, 0); /* a signal to the whole job, SIGKILL even, does not reach us */
  if (write(control, "r", 1) != 1) return 1;
  for (char order; read(control, &order, 1) == 1;) {
    if (order == 'q') return 0;
    screen = order == 'a';
  }
  if (saved) leave_raw_mode(&before);
  if (screen) leave_screen();
  return 0;
}
