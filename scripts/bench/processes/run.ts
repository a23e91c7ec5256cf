import { execa } from 'execa'

/** Runs a program to its end and returns its standard output. Throws when it fails. */
export async function run(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa(file, args, { stdin: 'ignore' })
  return stdout
}
