import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/compile.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { cliPath, runCli, startCli } from '../support/run-cli.ts'

const folder = temporaryFolder()
const port = `${await freePort()}`
/** A server that would leave a trace if it were started. */
const traces = join(folder, 'it-was-started')
const tracer = ['--', 'touch', traces]

function file(name: string, text: string, mode: number): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const plain = file('plain', 'echo hello\n', 0o644)
const lost = file('lost', '#!/no/such/interpreter\n', 0o755)

type Refused = [args: string[], code: number, sentence: RegExp]

async function expectRefusal(
  args: string[],
  code: number,
  sentence: RegExp,
  before: string[] = [],
): Promise<void> {
  const finished = await startCli(args, { before }).finished
  expect(finished.stderr).toMatch(/^[^\n]+\n$/) // one line
  expect(finished.stderr).toMatch(sentence)
  expect(finished.stderr).not.toMatch(/^\s+at |^Error:|node:/m)
  expect(finished.stdout).toBe('')
  expect(finished.code).toBe(code)
  expect(existsSync(traces)).toBe(false)
}

describe('a wrong option is told in a sentence, with what is allowed', () => {
  test.each<Refused>([
    [['--children', '0'], 2, /^--children takes a whole number from 1 to 2000, not "0"/],
    [['--children', 'abc'], 2, /^--children takes a whole number from 1 to 2000, not "abc"/],
    [['--children', '2001'], 2, /^--children .*2000.*"2001"/],
    [['--children', '1.5'], 2, /^--children .*"1.5"/],
    [['--children', '1e3'], 2, /^--children .*"1e3"/],
    [['--children', ''], 2, /^--children .*/],
    [['--children'], 2, /^--children .*/],
    [['--children='], 2, /^--children .*/],
    [['--children', '3', '--children', '4'], 2, /^--children .*more than once/],
    [['-n', '3', '--children', '4'], 2, /^--children .*more than once/],
    [['--bytes', '-1'], 2, /^--bytes takes a whole number from 0 to 67108864, not "-1"/],
    [['--bytes=-1'], 2, /^--bytes .*"-1"/],
    [['-b', '-1'], 2, /^--bytes .*"-1"/],
    [['-b', '67108865'], 2, /^--bytes .*67108864/],
    [['--clients', '0'], 2, /^--clients /],
    [['-t', '0'], 2, /^--connections /],
    [['-t', 'many'], 2, /^--connections .*"many"/],
    [['--port', '0'], 2, /^--port takes a whole number from 1 to 65535, not "0"/],
    [['--port', '65536'], 2, /^--port .*"65536"/],
    [['--backlog', '-5'], 2, /^--backlog .*"-5"/],
    [['--delay', 'soon'], 2, /^--delay .*"soon"/],
    [['--host', 'example.com'], 2, /^--host takes a numeric address.*"example.com"/],
    [['--host', '256.1.1.1'], 2, /^--host .*"256.1.1.1"/],
    [['--host', '192.0.2.1'], 1, /^192.0.2.1 is not an address of this machine/],
    [['--reap', 'later'], 2, /^--reap takes one of sigchld, accept, ignore, none, not "later"/],
    [['--lock', 'mutexes'], 2, /^--lock takes one of .*"mutexes"/],
    [['--service', 'time'], 2, /^--service .*"time"/],
    [['--colour'], 2, /--colour/],
    [['--no-json'], 2, /--no-json/],
    [['-x'], 2, /-x/],
    [['--childrens', '3'], 2, /--childrens/],
    [['--reap', 'none'], 2, /^prefork has no --reap; fork has/],
    [['select'], 2, /^One model at a time, not "select" too/],
  ])('run prefork %j', async (args, code, sentence) => {
    await expectRefusal(['run', 'prefork', ...args], code, sentence)
  })

  test.each<Refused>([
    [['run'], 2, /^Which model\? There are iterative, fork, /],
    [['run', 'preform'], 2, /^No model is called "preform"\. There are iterative, fork, /],
    [['run', 'iterative', '--children', '3'], 2, /^iterative has no --children; .*prefork/],
    [
      ['run', 'prefork-fd', '--children', '1001'],
      2,
      /^--children of prefork-fd takes at most 1000, not 1001: /,
    ],
    [['run', 'prefork', '--window', '3'], 2, /^--window is for labs/],
    [['serve', 'prefork', '--signal', 'HUP'], 2, /^--signal is for labs/],
    [['run', 'prefork', '--parallel', '8'], 2, /^--parallel is for csdesign-tui echo\./],
    [['serve', 'nosuch'], 2, /^No model is called "nosuch"/],
    [['serve'], 2, /^Which model\?/],
    [['client', 'prefork'], 2, /^client takes no "prefork"/],
    [['client', '-c', '0'], 2, /^--clients /],
    [['echo', '-p', 'x'], 2, /^--port /],
    [['nosuch'], 2, /^No model is called "nosuch"/],
    [['slect'], 2, /^No model is called "slect"\..* Did you mean select\?$/m],
    [['serv', 'select'], 2, /^One model at a time/],
    [['serv'], 2, /^No model is called "serv"\..* Did you mean serve\?$/m],
    [['lab', 'rts'], 2, /^No lab is called "rts"\..* Did you mean rst\?$/m],
    [['lab', 'rst', '--port', '3000'], 2, /^rst has no --port; herd has\./],
    [['guide', 'frok'], 2, /^There is no guide to "frok"\..* Did you mean fork\?$/m],
    [['guide', 'fork', 'poll'], 2, /^One guide at a time/],
    [['help', 'runn'], 2, /^No command is called "runn"\..* Did you mean run\?$/m],
    [['list', 'models'], 2, /^list takes no "models"/],
    [['serve', 'select', '--json'], 2, /^--json is for csdesign-tui run, client, echo, list and doctor\./],
    [['lab', 'rst', '--json'], 2, /^--json is for csdesign-tui run, client, echo, list and doctor\./],
    [['prefork', '--json'], 2, /^--json is for csdesign-tui run, client, echo, list and doctor\./],
    [['client', ...tracer], 2, /^client starts no server of yours/],
    [['echo', ...tracer], 2, /^echo starts no server of yours/],
    [['list', ...tracer], 2, /^list starts no server of yours/],
    [['guide', 'fork', ...tracer], 2, /^guide starts no server of yours/],
    [['lab', 'rst', ...tracer], 2, /^lab runs one lab, and nothing else/],
    [
      ['run', 'prefork', '--service', 'any'],
      2,
      /^--service of a model takes bytes, echo, http or a file, not "any"/,
    ],
    [['run', '--service', plain, ...tracer], 2, /^--service FILE is for the models/],
    [['run', '--signal', 'HUP', ...tracer], 2, /^--signal takes a signal and a time, such as HUP@5s/],
    [
      ['run', 'select', '--port', '65535', '--ports', '2'],
      2,
      /^--ports 2 from --port 65535 would end at 65536, but 65535 is the last port/,
    ],
    [
      ['serve', 'select', '--port', '65530', '--ports', '16'],
      2,
      /^--ports 16 from --port 65530 would end at 65545/,
    ],
  ])('%j', async (args, code, sentence) => {
    await expectRefusal(args, code, sentence)
  })
})

describe('a server of your own that cannot be run is told in a sentence', () => {
  test.each<Refused>([
    [['run', '--'], 2, /^After -- a command is needed/],
    [['--'], 2, /^After -- a command is needed/],
    [['run', '--', 'no-such-command'], 127, /^no-such-command: command not found/],
    [['run', '--', './no-such-file'], 127, /^\.\/no-such-file: (command|no such file)/],
    [['run', '--', plain], 126, /permission denied.*chmod \+x/],
    [['run', '--', folder], 126, /folder|directory/],
    [['run', '--', lost], 1, /its interpreter was not found/],
    [
      ['run', 'prefork', ...tracer],
      2,
      /^Either a model or a command behind --, not both: "prefork" and "touch"/,
    ],
    [['run', '--children', '3', ...tracer], 2, /^--children is for the models/],
    [['run', '--bytes', '-1', ...tracer], 2, /^--bytes /],
    [['serve', ...tracer], 2, /^serve starts a model/],
    [['run', '--', 'true'], 1, /^true ended before it listened: exit code 0/],
    [['run', '--', 'sh', '-c', 'exit 3'], 1, /ended before it listened: exit code 3/],
    [['run', '--', 'sh', '-c', 'kill -KILL $$'], 1, /ended before it listened: ended by SIGKILL/],
    [['run', '--', 'sh', '-c', 'echo "no database" >&2; exit 1'], 1, /no database/],
    [['run', '--', python, '-c', 'raise SystemError("no database")'], 1, /no database/],
    [['run', '--', node, '-e', 'throw new Error("no database")'], 1, /no database/],
  ])('%j', async (args, code, sentence) => {
    await expectRefusal(args, code, sentence)
  })
})

describe('a port that cannot be had is told in a sentence', () => {
  async function withPortInUse(act: (port: string) => Promise<void>): Promise<void> {
    const server = createServer().listen(Number(port), '127.0.0.1')
    try {
      await act(port)
    } finally {
      server.close()
    }
  }

  test.each([
    ['run', 'prefork'],
    ['run', 'reuseport'],
    ['run', 'cluster'],
    ['serve', 'iterative'],
  ])('in use: %s %s', async (...command) => {
    const sentence = new RegExp(
      `^Port ${port} on 127.0.0.1 is in use: stop the other program, or choose another port`,
    )
    await withPortInUse(() => expectRefusal([...command, '--port', port], 1, sentence))
  })

  test('in use by another than the server of your own', async () => {
    const args = ['run', '--port', port, '--', python, join(root, 'test/fixtures/prefork.py'), port]
    await withPortInUse(() => expectRefusal(args, 1, /Address already in use/))
  })

  const reserved = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) > 80
  const asNobody = getuid!() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
  const [command = node, ...rest] = [...asNobody, node, cliPath, 'list']
  const possible = reserved && spawnSync(command, rest).status === 0

  test.skipIf(!possible)('below 1024, for a user who may not', async () => {
    await expectRefusal(
      ['run', 'iterative', '--port', '80'],
      1,
      /^Port 80 may not be opened by this user: choose one from 1024 up/,
      asNobody,
    )
  })
})

describe('without a terminal there is no screen, but a sentence that names run', () => {
  test.each([[[]], [['prefork']], [['--', 'python3', 'app.py']], [['prefork', '--port', port]]])(
    '%j',
    async (args) => {
      await expectRefusal(args, 1, /terminal.*run/)
    },
  )
})

describe('where it cannot run it says so in a sentence', () => {
  const pretending = (property: string, value: string) => {
    const code = `Object.defineProperty(process, '${property}', { value: '${value}' })`
    return ['env', `NODE_OPTIONS=--import=data:text/javascript,${encodeURIComponent(code)}`]
  }

  test.each([
    ['another system', 'platform', 'darwin', /^csdesign-tui runs on Linux only, not on darwin\.$/m],
    [
      'a Node that is too old',
      'version',
      'v20.18.3',
      /^csdesign-tui needs Node 20\.19 or newer, not 20\.18\.3/,
    ],
  ])('%s', async (_, property, value, sentence) => {
    await expectRefusal(['list'], 1, sentence, pretending(property, value))
  })

  test('the oldest Node is the one that the package asks for', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(engines.node).toBe('>=20.19')
  })
})

test.each(['run', 'serve', 'client', 'echo', 'lab', 'list', 'guide', 'help'])(
  '%s knows --help, and help knows it',
  async (command) => {
    const [own, other] = [await runCli(command, '--help'), await runCli('help', command)]
    expect(own.stdout).toMatch(new RegExp(`Usage\n  \\$ csdesign-tui ${command}[\\s\\S]*Examples\n`))
    expect(other).toEqual(own)
    expect([own.code, own.stderr]).toEqual([0, ''])
  },
)

test('help and version are not refused', async () => {
  const [help, version] = [await runCli('--help'), await runCli('--version')]
  expect(help.stdout).toMatch(/Usage[\s\S]*run MODEL[\s\S]*--children/)
  expect(version.stdout.trim()).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
  expect([help.code, version.code]).toEqual([0, 0])
})
