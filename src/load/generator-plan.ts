import type { GeneratorPlan } from '../state/event.ts'
import { splitWords } from './split-words.ts'

/**
 * The load generator that the user's text names, for a server at that address. The address is filled in after the
 * text was split into words, and no shell reads them: whatever it is, it stays within its word.
 */
export function generatorFor(text: string, host: string, port: number): GeneratorPlan {
  const command = splitWords(text).map((word) => fillIn(word, host, port))
  return { command, host, port }
}

/** Throws an Error that says what was expected when the text is no command. */
export function checkGenerator(text: string): void {
  splitWords(text)
}

/** An IPv6 address gets brackets where a port follows or a URL begins: see RFC 3986, 3.2.2. */
function fillIn(word: string, host: string, port: number): string {
  const bracketed = host.includes(':') ? `[${host}]` : host
  return word
    .replace(/(?<=\/\/|@)\{host\}|\{host\}(?=:)/g, () => bracketed)
    .replaceAll('{host}', () => host)
    .replaceAll('{port}', String(port))
}
