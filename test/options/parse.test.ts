import { describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/table.ts'
import { type CommandLine, parseCommandLine } from '../../src/options/parse.ts'
import { UsageError } from '../../src/options/usage-error.ts'

function read(line: string): CommandLine {
  const parsed = parseCommandLine(line.split(' ').filter(Boolean))
  if (!('command' in parsed)) throw new Error('help or version was asked for')
  return parsed
}

function refusal(line: string): string {
  try {
    read(line)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error(`${line} is not refused`)
}

test('options may stand before the command and behind it', () => {
  const { command, words, options, given } = read('-p 3000 run prefork --children=3 -t 5')
  expect(command.name).toBe('run')
  expect(words).toEqual(['prefork'])
  expect(options).toMatchObject({ port: 3000, children: 3, connections: 5, clients: 15 })
  expect([...given].sort()).toEqual(['children', 'connections', 'port'])
})

test('what no command is called is the screen’s', () => {
  expect(read('fork --reap none')).toMatchObject({ words: ['fork'], command: { name: 'screen' } })
  expect(read('').command.name).toBe('screen')
})

test('everything behind -- is the server’s, options too', () => {
  const { server, words } = read('run -c 2 -- python3 app.py --json -- x')
  expect(server).toEqual(['python3', 'app.py', '--json', '--', 'x'])
  expect(words).toEqual([])
})

test('--signal is a list with a time for run, and one signal for a lab', () => {
  expect(read('run fork --signal HUP@1s --signal TERM@2s:workers').options.signals).toEqual([
    { signal: 'SIGHUP', after: 1000, to: 'server' },
    { signal: 'SIGTERM', after: 2000, to: 'workers' },
  ])
  expect(read('lab signal-demo --signal HUP').options).toMatchObject({ signal: 'SIGHUP', signals: [] })
  expect(refusal('lab signal-demo --signal HUP --signal TERM')).toBe('--signal was given more than once.')
  expect(refusal('run fork --signal')).toMatch(/^--signal takes a signal and a time/)
  expect(refusal('run fork --signal HUP@1s --signal=')).toMatch(/^--signal takes a signal and a time/)
})

describe('help and version are asked for whatever else there is', () => {
  test.each(['run --help', 'run prefork -h --children 0', '-h run --nonsense'])('%s', (line) => {
    expect(parseCommandLine(line.split(' '))).toEqual({ help: commands[0] })
  })

  test('without a command', () => {
    expect(parseCommandLine(['--help'])).toEqual({ help: null })
    expect(parseCommandLine(['--version'])).toEqual({ version: true })
  })
})

describe('what means nothing to a command is refused, with who takes it', () => {
  test.each([
    ['serve fork --json', '--json is for csdesign-tui run, client, echo, list and doctor.'],
    ['lab rst --json', '--json is for csdesign-tui run, client, echo, list and doctor.'],
    ['guide fork --json', '--json is for csdesign-tui run, client, echo, list and doctor.'],
    ['prefork --json', '--json is for csdesign-tui run, client, echo, list and doctor.'],
    ['prefork --parallel 3', '--parallel is for csdesign-tui echo.'],
    ['serve fork --clients 3', '--clients is for the screen and csdesign-tui run, attach and client.'],
    ['client --window 3', '--window is for labs: csdesign-tui lab NAME.'],
    ['serve fork --signal HUP', '--signal is for labs: csdesign-tui lab NAME, and for csdesign-tui run.'],
    ['echo --service echo', '--service is for the screen and csdesign-tui run, attach, serve and client.'],
    ['list --port 3', '--port is for the screen and csdesign-tui run, serve, client, echo and lab.'],
  ])('%s', (line, sentence) => {
    expect(refusal(line)).toBe(sentence)
  })

  test.each(commands.filter(({ words }) => !words))('a word: $name', ({ name }) => {
    expect(refusal(`${name} prefork`)).toMatch(new RegExp(`^${name} takes no "prefork", only options`))
  })

  test.each(commands.filter(({ server }) => server !== true))('a command behind --: $name', ({ name }) => {
    expect(refusal(`${name} -- touch it`)).toMatch(new RegExp(`^${name} .*\\.$`))
  })
})

describe('an option that does not exist is refused, with the one that was probably meant', () => {
  test.each([
    [
      'run --childern 3',
      'There is no option --childern. Did you mean --children? csdesign-tui run --help names them all.',
    ],
    [
      'client --conections 3',
      'There is no option --conections. Did you mean --connections? csdesign-tui client --help names them all.',
    ],
    ['-x', 'There is no option -x. csdesign-tui --help names them all.'],
    ['run --no-json', 'There is no option --no-json. csdesign-tui run --help names them all.'],
    ['--constructor', 'There is no option --constructor. csdesign-tui --help names them all.'],
  ])('%s', (line, sentence) => {
    expect(refusal(line)).toBe(sentence)
  })
})

test('how a server is ended can be chosen wherever one is started', () => {
  for (const line of ['fork', 'run fork', 'serve fork'])
    expect(read(`${line} --stop-signal quit --grace 0`).options).toMatchObject({
      stopSignal: 'SIGQUIT',
      grace: 0,
    })
  expect(read('run fork').options).toMatchObject({ stopSignal: 'SIGTERM', grace: 10 })
  expect(refusal('client --grace 3')).toBe('--grace is for the screen and csdesign-tui run and serve.')
  expect(refusal('run fork --grace 5s')).toBe('--grace takes a whole number from 0 to 3600, not "5s".')
})

test('a load generator of one’s own takes the place of ours, with all that ours is told', () => {
  expect(read('run fork --load=wrk').options.load).toBe('wrk')
  expect(refusal('run fork --load=wrk -c 5')).toBe(
    'Either --clients or --load, not both: the command of --load has its own.',
  )
  expect(refusal('run fork --load=')).toMatch(/^--load takes a command, as in /)
  expect(refusal('client --load=wrk')).toBe('--load is for the screen and csdesign-tui run.')
})

test('what a load asks for is read from the command line', () => {
  const { options } = read(
    'client --service http --requests 5 --duration 1.5s --path /a?b=c --method POST --header A:1 --header B:2 --body x',
  )
  expect(options).toMatchObject({
    service: 'http',
    requests: 5,
    duration: 1500,
    path: '/a?b=c',
    method: 'POST',
    header: ['A:1', 'B:2'],
    body: 'x',
  })
  expect(read('run --unix /tmp/s -- app').options.unix).toBe('/tmp/s')
  expect(read('run --requests 5 --path /x -- app').given).toContain('path')
})

describe('what of a load does not go together is refused', () => {
  test.each([
    ['client --duration 5s -t 5', 'Either --connections or --duration, not both.'],
    ['client --duration 5', '--duration takes a time from 10ms to 24h, such as 10s, not "5".'],
    ['run fork --path /', '--path is for --service http.'],
    ['client --service echo --header A:1', '--header is for --service http.'],
    [
      'run fork --requests 2',
      '--requests is for --service http and echo: the others close after one answer.',
    ],
    ['run fork --unix /tmp/s', '--unix is for a server of your own, behind --: the models listen on TCP.'],
    ['client --unix /tmp/s -p 5', 'Either --unix or --port, not both.'],
    [
      'run fork --load=wrk --method GET',
      'Either --method or --load, not both: the command of --load has its own.',
    ],
    ['client --service http --header A', '--header takes a line such as \'Accept: text/html\', not "A".'],
    ['client --service http --header=', '--header takes a line such as \'Accept: text/html\', not "".'],
    ['client --clients 10001', '--clients takes a whole number from 1 to 10000, not "10001".'],
  ])('%s', (line, sentence) => {
    expect(refusal(line)).toBe(sentence)
  })
})

test('a service in a file is for models: a client needs no file for whatever is answered', () => {
  expect(refusal('client --service package.json')).toMatch(/^--service FILE is for the models/)
  expect(refusal('run --service package.json -- app')).toMatch(/^--service FILE is for the models/)
  expect(read('run fork --service package.json').options.service).toBe('package.json')
  expect(read('client --service any').options.service).toBe('any')
})
