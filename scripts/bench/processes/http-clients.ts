import { run } from './run.ts'

type Amounts = { clients: number; seconds: number }

/** Runs wrk with so many threads. Returns requests a second. Throws when it cannot run, or a request failed. */
export async function runWrk(
  port: number,
  { clients, seconds, threads }: Amounts & { threads: number },
): Promise<number> {
  const args = [`-t${threads}`, `-c${clients}`, `-d${seconds}s`, urlOf(port)]
  const output = await run('wrk', args)
  if (/Socket errors|Non-2xx/.test(output)) throw new Error(`wrk: ${output}`)
  return figure(output, /Requests\/sec:\s+([\d.]+)/)
}

/** Runs ab, with connections that stay or a new one for each request. Returns requests a second. Throws as runWrk. */
export async function runAb(
  port: number,
  { clients, seconds, staysOpen }: Amounts & { staysOpen: boolean },
): Promise<number> {
  // Without a number it stops after 50,000 requests.
  const args = [
    '-q',
    ...(staysOpen ? ['-k'] : []),
    `-c${clients}`,
    `-t${seconds}`,
    '-n',
    '10000000',
    urlOf(port),
  ]
  const output = await run('ab', args)
  if (!/Failed requests:\s+0\b/.test(output)) throw new Error(`ab: ${output}`)
  return figure(output, /Requests per second:\s+([\d.]+)/)
}

function figure(output: string, pattern: RegExp): number {
  const value = Number(pattern.exec(output)?.[1])
  if (!(value > 0)) throw new Error(`no figure in: ${output}`)
  return value
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}/`
}
