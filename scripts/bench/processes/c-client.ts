import { execa } from 'execa'
import { compile } from './compile.ts'

export const CLIENTS = 15
export const BYTES = 4096

export type ClientResult = { connections: number; failures: number; seconds: number; rate: number }

/** Runs the C client: 15 processes that make so many connections each. Throws when it could not run. */
export async function runCClient(port: number, connections: number): Promise<ClientResult> {
  const args = ['127.0.0.1', port, CLIENTS, connections, BYTES].map(String)
  const { stdout, stderr } = await execa(await compile('client'), args, { stdin: 'ignore', reject: false })
  const figures = /connections (\d+) failures (\d+) seconds ([\d.]+) rate/.exec(stdout)?.slice(1).map(Number)
  if (!figures) throw new Error(`the C client failed: ${stderr || stdout}`)
  const [succeeded = 0, failures = 0, seconds = 0] = figures
  return { connections: succeeded, failures, seconds, rate: succeeded / seconds }
}
