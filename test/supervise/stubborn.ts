/** Servers that are hard to end, as Python. Each prints `ready` when all its processes are there. */
const ignoring = `
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
def ready(): print('ready', flush=True)
def hang():
  while True: time.sleep(60)
`

export const stubborn = {
  'ignores SIGTERM': `${ignoring}
ready()
hang()`,

  'has children in sessions of their own': `${ignoring}
for i in range(5):
  if os.fork() == 0:
    os.setsid()
    hang()
ready()
hang()`,

  'forked twice and ended, as a daemon does': `${ignoring}
if os.fork() == 0:
  os.setsid()
  if os.fork() == 0:
    ready()
    hang()
  os._exit(0)
os._exit(0)`,

  'is stopped, and its children too': `${ignoring}
for i in range(3):
  if os.fork() == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
    hang()
for i in range(3): os.waitpid(-1, os.WUNTRACED)
ready()
os.kill(os.getpid(), signal.SIGSTOP)
hang()`,

  'forks and forks': `${ignoring}
ready()
for i in range(500):
  if os.fork() == 0: hang()
  time.sleep(0.005)
hang()`,

  'lives on in its child, again and again': `${ignoring}
ready()
for i in range(500):
  if os.fork() > 0: os._exit(0)
  time.sleep(0.003)
hang()`,

  doubles: `${ignoring}
ready()
for i in range(7):
  os.fork()
  time.sleep(0.1)
hang()`,

  'is a deep family': `${ignoring}
for i in range(100):
  if os.fork() > 0: hang()
ready()
hang()`,

  'forks in its threads and has ended the first': `${ignoring}
import ctypes, threading
def more():
  if os.fork() == 0: hang()
  ready()
  hang()
threading.Thread(target=more).start()
ctypes.CDLL(None).pthread_exit(None)`,
}
