import { expect, test } from 'vitest'
import { listChildren } from '../../src/observe/list-children.ts'
import { createProbeFile } from '../../src/observe/probe-file.ts'
import { ProcessSampler } from '../../src/observe/sample-processes.ts'
import { isMapped, mappingOf } from '../../src/observe/shared-mapping.ts'
import { compile } from '../support/compile.ts'
import { startProgram, startPython } from '../support/start-program.ts'
import { until } from '../support/until.ts'

const waits = `
#include <unistd.h>
int main(void) { write(1, "ready", 5); for (;;) pause(); }`

const execs = `
#include <stdio.h>
#include <unistd.h>
int main(int count, char **arguments) {
  if (count < 2) return 3;
  char byte;
  write(1, "ready", 5);
  if (read(0, &byte, 1) < 0) return 1;
  execv(arguments[1], (char *[]){"same", NULL});
  return 2;
}`

test('a process that maps our file is probed, one that does not is not, whatever it is called', async () => {
  const probe = createProbeFile()
  const program = startProgram(compile(waits), [], probe.env)
  const without = startProgram(compile(waits), [])
  await until(() => program.output() + without.output() === 'readyready', 'both')
  expect(isMapped(program.pid, mappingOf(probe.fd))).toBe(true)
  expect(isMapped(without.pid, mappingOf(probe.fd))).toBe(false)
  probe.close()
})

test('after exec of a static program of the same name a process is not probed any more', async () => {
  const probe = createProbeFile()
  const still = compile(waits, ['-static'])
  const program = await startPython(
    `
import os, sys
pid = os.fork()
if pid == 0:
  os.environ.update(LD_PRELOAD=sys.argv[1], CSDESIGN_PROBE=sys.argv[2])
  os.execv(sys.argv[3], ['same', sys.argv[4]])
print('ready', flush=True)
os.waitpid(pid, 0)`,
    [probe.env.LD_PRELOAD, probe.env.CSDESIGN_PROBE, compile(execs), still],
  )
  const sampler = new ProcessSampler(program.pid, mappingOf(probe.fd))
  const probed = () => sampler.sample(1e9).processes[0]?.probed
  await until(() => probed() === true, 'the probe')
  program.process.stdin!.write('\n')
  await until(() => probed() === false, 'its absence')
  probe.close()
})

test('all of twelve hundred children are found', async () => {
  const program = await startPython(`
import os, signal, sys
pids = []
for _ in range(1200):
  pid = os.fork()
  if pid == 0: signal.pause()
  pids.append(pid)
print('ready', flush=True)
sys.stdin.read()
for pid in pids: os.kill(pid, 9)`)
  expect(listChildren(program.pid)).toHaveLength(1200)
  program.process.stdin!.end()
  await program.ended
})
