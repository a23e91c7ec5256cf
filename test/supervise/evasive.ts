/** Servers of a parent and two children, as Python. Each prints `ready` when all its processes are there. */
const family = `
import ctypes, os, signal, sys, time

def hang():
  while True: time.sleep(60)

# Whoever reads /proc/PID/environ finds nothing, as with nginx and PostgreSQL, which show a title there.
def overwrite_environment():
  fields = open('/proc/self/stat').read().rsplit(')', 1)[1].split()
  start, end = int(fields[47]), int(fields[48])
  ctypes.memset(start, 0, end - start)

def start(be_child=lambda: None):
  told, tell = os.pipe()
  for i in range(2):
    if os.fork() == 0:
      be_child()
      os.write(tell, b'.')
      hang()
  for i in range(2): os.read(told, 1)

def ready():
  print('ready', flush=True)
  hang()
`

export const evasive = {
  'is plain': `${family}
start()
ready()`,

  'ignores SIGTERM': `${family}
signal.signal(signal.SIGTERM, signal.SIG_IGN)
start()
ready()`,

  'leaves its session': `${family}
start(os.setsid)
ready()`,

  'overwrites its environment and leaves its session': `${family}
overwrite_environment()
start(os.setsid)
ready()`,

  'stops its parents': `${family}
def parent_of(pid):
  return int(open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[1])
start()
parents = [os.getppid()]
if parents[0] > 1: parents.append(parent_of(parents[0]))
for pid in parents: os.kill(pid, signal.SIGSTOP)
ready()`,
}
