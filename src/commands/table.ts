import { herdOptions } from '../options/lab-options.ts'
import { type OptionName, option } from '../options/table.ts'
import type { Command } from './command.ts'

const nothingBehind = (name: string) =>
  `${name} starts no server of yours: nothing may stand behind -- there.`

/** The terminal UI: what the program is when no command is named. */
export const screen: Command = {
  name: 'screen',
  usage: ['[MODEL|LAB] [options]', '[options] -- COMMAND ARG…'],
  summary: 'the terminal UI, over a model, a lab or a server of your own',
  words: true,
  server: true,
  groups: ['address', 'service', 'ending', 'models', 'model', 'load', 'http', 'generator', 'lab'],
  examples: [
    ['fork --reap none', 'every client leaves a zombie'],
    ['--service echo -- python3 app.py {port}', 'your own server, on a free port'],
  ],
  run: async (commandLine) => (await import('./screen.ts')).openScreen(commandLine),
}

/** Every command that is named by a word, in the order of the help: the only list of them. */
export const commands: readonly Command[] = [
  {
    name: 'run',
    usage: ['run MODEL [options]', 'run [options] -- COMMAND ARG…', 'run --attach TARGET [options]'],
    summary: 'start, load, stop, report',
    details:
      'Exit code 0: every connection succeeded, or the command of --load ended with 0, the balance holds, and the server went on until it was stopped. 1: not so, or it could not be done. 2: the command line is wrong. 130 and 143: ended by SIGINT and SIGTERM.',
    words: true,
    server: true,
    groups: [
      'address',
      'service',
      'ending',
      'models',
      'model',
      'load',
      'http',
      'generator',
      'signals',
      'attach',
      'output',
    ],
    examples: [
      ['run prefork -c 15 -t 100', '1,500 connections on a pool of ten'],
      ['run prefork --signal KILL@1s:workers', 'what becomes of a pool that loses its workers'],
      ['run --json -- python3 app.py {port}', 'your own server, on a free port, reported as JSON'],
    ],
    run: async (commandLine) => (await import('./run.ts')).run(commandLine),
  },
  {
    name: 'attach',
    usage: ['attach PID|:PORT|ADDRESS:PORT|SOCKET|NAME [options]'],
    summary: 'the terminal UI over a server that runs already; leaving it leaves the server alone',
    details:
      'As root, or with CAP_PERFMON, accepts, forks, ends and signals are counted from that moment on; without, the tree, the queues and who holds which connection are seen, and accepts are not.',
    words: true,
    server: nothingBehind('attach'),
    groups: ['service', 'load', 'http'],
    examples: [
      ['attach :8080', 'whoever listens on port 8080'],
      ['attach nginx', 'the server of that name'],
    ],
    run: async (commandLine) => (await import('./attach.ts')).attach(commandLine),
  },
  {
    name: 'serve',
    usage: ['serve MODEL [options]'],
    summary: 'the server alone; Ctrl-C ends it and prints the connections of each process',
    words: true,
    server: 'serve starts a model; your own server needs no help to run alone.',
    groups: ['address', 'service', 'ending', 'models', 'model'],
    examples: [['serve select --service echo -p 3000', 'an echo server on port 3000']],
    run: async (commandLine) => (await import('./serve.ts')).serve(commandLine),
  },
  {
    name: 'client',
    usage: ['client [options]'],
    summary: 'the load alone',
    words: false,
    server: nothingBehind('client'),
    groups: ['address', 'service', 'load', 'http', 'output'],
    examples: [
      ['client -p 3000 -c 4 -t 100', '400 connections to a server that runs already'],
      ['client --rate 500 --json', '500 connections a second, reported as JSON'],
    ],
    run: async (commandLine) => (await import('./client.ts')).client(commandLine),
  },
  {
    name: 'echo',
    usage: ['echo [MESSAGE…] [options]'],
    summary: 'an echo client that sends each message and prints each reply',
    words: true,
    server: nothingBehind('echo'),
    groups: ['address', 'echo', 'output'],
    examples: [['echo --parallel 8 one two', 'eight clients at the same time']],
    run: async (commandLine) => (await import('./echo.ts')).echo(commandLine),
  },
  {
    name: 'lab',
    usage: ['lab NAME [options]'],
    summary: 'a small demonstration that says what it does at every step',
    words: true,
    server: 'lab runs one lab, and nothing else: nothing may stand behind -- there.',
    groups: ['lab'],
    more: herdOptions,
    examples: [
      ['lab signal-race --window 3', 'a signal that comes too early is missed'],
      ['lab herd', 'how many processes wake for one connection'],
    ],
    run: async (commandLine) => (await import('./lab.ts')).lab(commandLine),
  },
  {
    name: 'list',
    usage: ['list [--json]'],
    summary: 'every model and lab',
    words: false,
    server: nothingBehind('list'),
    groups: ['output'],
    examples: [['list', 'the catalogue']],
    run: async (commandLine) => (await import('./list.ts')).list(commandLine),
  },
  {
    name: 'guide',
    usage: ['guide NAME'],
    summary: 'the explanation of one model or lab',
    words: true,
    server: nothingBehind('guide'),
    groups: [],
    examples: [['guide fork', 'what a server does that forks for each client']],
    run: async (commandLine) => (await import('./guide.ts')).guide(commandLine),
  },
  {
    name: 'doctor',
    usage: ['doctor [--json]'],
    summary: 'what can be seen on this machine with these privileges, and what would allow more',
    words: false,
    server: nothingBehind('doctor'),
    groups: ['output'],
    examples: [['doctor', 'a line for each way of observing']],
    run: async (commandLine) => (await import('./doctor.ts')).doctor(commandLine),
  },
  {
    name: 'help',
    usage: ['help [COMMAND]'],
    summary: 'this overview, or the help of one command, as COMMAND --help prints it',
    words: true,
    server: nothingBehind('help'),
    groups: [],
    examples: [['help run', 'the options of run']],
    run: async (commandLine) => (await import('./help.ts')).help(commandLine),
  },
]

/** The command of that name, or undefined. */
export function findCommand(name: string): Command | undefined {
  return commands.find((command) => command.name === name)
}

/** Whether the command takes the option at all; a model or lab may have none of it all the same. */
export function takes({ groups, more = [] }: Command, name: OptionName): boolean {
  return groups.includes(option(name).group) || more.includes(name)
}

/** The commands that take the option, the terminal UI first. */
export function commandsTaking(name: OptionName): Command[] {
  return [screen, ...commands].filter((command) => takes(command, name))
}
