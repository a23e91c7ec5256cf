/** Says on standard error what is measured now; a terminal shows only the latest. */
export function progress(text: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
  else if (text) process.stderr.write(`${text}\n`)
}
