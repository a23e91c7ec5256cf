/** A word of a command line; `isPlain` when nothing of it was quoted. */
type Word = { text: string; isPlain: boolean }

/**
 * A whole word without quotes that a shell would take for a pipe, a list, a background job or a redirection. Within
 * a longer word, as in `http://host/?a=1&b=2`, such a character means nothing.
 */
const OPERATOR = /^(?:\||\|\||&|&&|;|;;|\(|\)|\d*(?:<|>|>>|<>|>\|)(?:&\d*-?)?|&>>?)$/

/**
 * The words of a command, as a shell would split them: at spaces, unless they are quoted by `'…'`, `"…"` or a
 * backslash. Nothing else of a shell is done: no variables, patterns, pipes or redirections. Throws an Error that
 * says what was expected when a quote is not closed, no word is there, or a shell is needed.
 */
export function splitWords(command: string): string[] {
  const words = wordsOf(command)
  if (words.length === 0) throw new Error("a command, as in 'wrk -c 50 http://{host}:{port}/'")
  const operator = words.find(({ text, isPlain }) => isPlain && OPERATOR.test(text))
  if (operator)
    throw new Error(
      `a command without ${operator.text}: what needs a shell is said to one, as in "sh -c '…'"`,
    )
  return words.map(({ text }) => text)
}

function wordsOf(command: string): Word[] {
  const words: Word[] = []
  let word: Word | null = null
  let quote: '"' | "'" | null = null
  const add = (text: string, isPlain: boolean) => {
    word = { text: (word?.text ?? '') + text, isPlain: isPlain && (word?.isPlain ?? true) }
  }
  for (let i = 0; i < command.length; i++) {
    const character = command[i]!
    if (quote !== null) {
      if (character === quote) quote = null
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(command[i + 1] ?? ''))
        add(command[++i]!, false)
      else add(character, false)
    } else if (character === '"' || character === "'") {
      quote = character
      add('', false)
    } else if (character === '\\') {
      if (i + 1 === command.length) throw new Error('a command that does not end with a backslash')
      add(command[++i]!, false)
    } else if (/\s/.test(character)) {
      if (word) words.push(word)
      word = null
    } else add(character, true)
  }
  if (quote !== null) throw new Error(`a command whose quotes are closed: there is one ${quote} too many`)
  return word ? [...words, word] : words
}
