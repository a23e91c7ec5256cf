import { stripControl } from '../state/strip-control.ts'

/** A command in one line, its words quoted where a shell would need it. */
export function wordsText(words: readonly string[]): string {
  return stripControl(words.map(quoted).join(' '))
}

function quoted(word: string): string {
  return /^[\w@%+=:,./{}[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
