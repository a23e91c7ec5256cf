import { launchServer } from '/work/wt/sup/src/supervise/launch-server.ts'

const [script = '', contain = '', sig = 'SIGTERM', grace = '1000'] = process.argv.slice(2)
const s = await launchServer({
  command: 'sh',
  args: ['-c', script],
  env: {},
  cwd: '/',
  name: 'x',
  host: '',
  port: null,
  stopSignal: sig as NodeJS.Signals,
  graceMs: Number(grace),
  contain: contain === 'c',
  emit: (e) => console.log(JSON.stringify(e)),
})
console.log(s)
setTimeout(() => s.stop(), 1500)
await s.gone
