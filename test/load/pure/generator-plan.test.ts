import { describe, expect, test } from 'vitest'
import { checkGenerator, generatorFor } from '../../../src/load/generator-plan.ts'
import { splitWords } from '../../../src/load/split-words.ts'

const wordsFor = (text: string, host = '127.0.0.1', port = 2000) => generatorFor(text, host, port).command

test.each([
  ['wrk -c 50 http://h/', ['wrk', '-c', '50', 'http://h/']],
  ['  ab\t-n  5 ', ['ab', '-n', '5']],
  [`sh -c 'echo "a  b"; exit 3'`, ['sh', '-c', 'echo "a  b"; exit 3']],
  [`say "it's \\"so\\" \\n"`, ['say', `it's "so" \\n`]],
  [`a\\ b c'd e'"f"`, ['a b', 'cd ef']],
  [`curl -d ''`, ['curl', '-d', '']],
  ['wrk http://h/?a=1&b=2;c', ['wrk', 'http://h/?a=1&b=2;c']],
  [`grep '|' '>'`, ['grep', '|', '>']],
  ['wrk -s $HOME/*.lua', ['wrk', '-s', '$HOME/*.lua']],
])('%s is split as a shell would', (text, words) => {
  expect(splitWords(text)).toEqual(words)
})

test.each([
  '',
  '  ',
  `wrk 'x`,
  'wrk "x',
  'wrk \\',
  'wrk x | tail',
  'wrk x > out',
  'wrk x 2>&1',
  'a && b',
  'a &',
  'a ; b',
])('"%s" is refused, with what was expected', (text) => {
  expect(() => checkGenerator(text)).toThrow(/^a command/)
})

describe('the address', () => {
  test('is filled in wherever it is asked for', () => {
    expect(wordsFor('wrk -c 5 http://{host}:{port}/{port}')).toEqual([
      'wrk',
      '-c',
      '5',
      'http://127.0.0.1:2000/2000',
    ])
    expect(wordsFor("sh -c 'nc {host} {port}'")).toEqual(['sh', '-c', 'nc 127.0.0.1 2000'])
  })

  test('stays in its word, whatever it is', () => {
    const host = `x' ; "$(reboot) | $& {port}`
    expect(wordsFor('nc {host} {port}', host)).toEqual(['nc', host.replace('{port}', '2000'), '2000'])
  })

  test('has brackets where an IPv6 address needs them, and only there', () => {
    expect(wordsFor('wrk http://{host}:{port}/ http://{host}/', '::1')).toEqual([
      'wrk',
      'http://[::1]:2000/',
      'http://[::1]/',
    ])
    expect(wordsFor('nc {host} {port}', '::1')).toEqual(['nc', '::1', '2000'])
    expect(wordsFor('x --to=[{host}]:{port}', '::1')).toEqual(['x', '--to=[::1]:2000'])
  })
})
