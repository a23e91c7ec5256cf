import type { FailureName } from '../../../../src/load/protocols/protocol.ts'

/** An answer as a server sends it, and what a client has to make of it. */
export type Answer = {
  name: string
  text: string
  /** To a request with HEAD. */
  isHead?: true
  /** It is whole only when the server closes. */
  closes?: true
} & ({ status: number; canContinue: boolean } | { failure: FailureName })

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('')
const OK = 'HTTP/1.1 200 OK'

/** Answers that are whole. */
export const good: Answer[] = [
  {
    name: 'a length',
    text: `${lines(OK, 'Content-Length: 5', '')}hello`,
    status: 200,
    canContinue: true,
  },
  { name: 'no content', text: lines(OK, 'Content-Length: 0', ''), status: 200, canContinue: true },
  {
    name: 'a length in odd letters and spaces',
    text: `${lines(OK, 'cOnTeNt-LeNgTh:\t 005 \t', '')}hello`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'the same length twice',
    text: `${lines(OK, 'Content-Length: 5', 'Content-Length: 5', '')}hello`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'the same length in a list',
    text: `${lines(OK, 'Content-Length: 5 , 5,5', '')}hello`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'chunks',
    text: `${lines(OK, 'Transfer-Encoding: chunked', '', '5', 'hello', '00A', '0123456789', '0', '')}`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'chunks with extensions and a trailer',
    text: lines(
      OK,
      'Transfer-Encoding: Chunked',
      '',
      '5;a=b;c="d e"',
      'hello',
      '6 \t; x',
      ' world',
      '0;last',
      'Expires: never',
      'X-Sum:',
      ' 1',
      '',
    ),
    status: 200,
    canContinue: true,
  },
  {
    name: 'chunks of something compressed, in two fields',
    text: lines(OK, 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked', '', '3', 'abc', '0', ''),
    status: 200,
    canContinue: true,
  },
  {
    name: 'chunked in a list with empty members',
    text: lines(OK, 'Transfer-Encoding: , gzip,, chunked,', '', '0', ''),
    status: 200,
    canContinue: true,
  },
  {
    name: 'an empty trailer and content that looks like an end',
    text: lines(OK, 'Transfer-Encoding: chunked', '', '7', '\r\n0\r\n\r\n', '0', ''),
    status: 200,
    canContinue: true,
  },
  {
    name: 'until the server closes',
    text: `${lines(OK, '')}whatever comes\r\n\r\n`,
    status: 200,
    canContinue: false,
    closes: true,
  },
  {
    name: 'nothing until the server closes',
    text: lines(OK, ''),
    status: 200,
    canContinue: false,
    closes: true,
  },
  {
    name: 'a coding that is not chunked, until the server closes',
    text: `${lines(OK, 'Transfer-Encoding: gzip', '')}xyz`,
    status: 200,
    canContinue: false,
    closes: true,
  },
  {
    name: 'chunked is not the last coding, until the server closes',
    text: `${lines(OK, 'Transfer-Encoding: chunked, gzip', '')}xyz`,
    status: 200,
    canContinue: false,
    closes: true,
  },
  {
    name: 'the server says that it will close',
    text: lines(OK, 'Content-Length: 0', 'Connection: x-foo,  Close', ''),
    status: 200,
    canContinue: false,
  },
  {
    name: 'HTTP/1.0 closes',
    text: `${lines('HTTP/1.0 200 OK', 'Content-Length: 2', '')}ok`,
    status: 200,
    canContinue: false,
  },
  {
    name: 'HTTP/1.0 that stays',
    text: `${lines('HTTP/1.0 200 OK', 'Content-Length: 2', 'Connection: Keep-Alive', '')}ok`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'no content by its status',
    text: lines('HTTP/1.1 204 No Content', ''),
    status: 204,
    canContinue: true,
  },
  {
    name: 'not modified, with the length of what is not there',
    text: lines('HTTP/1.1 304 Not Modified', 'Content-Length: 612', ''),
    status: 304,
    canContinue: true,
  },
  {
    name: 'an answer to HEAD',
    text: lines(OK, 'Content-Length: 612', ''),
    isHead: true,
    status: 200,
    canContinue: true,
  },
  {
    name: 'an answer to HEAD whose content would be chunked',
    text: lines(OK, 'Transfer-Encoding: chunked', ''),
    isHead: true,
    status: 200,
    canContinue: true,
  },
  {
    name: 'others before it',
    text: `${lines('HTTP/1.1 100 Continue', '', 'HTTP/1.1 103 Early Hints', 'Link: </x>', 'Content-Length: 9', '', OK, 'Content-Length: 2', '')}ok`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'another protocol from now on',
    text: lines('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', ''),
    status: 101,
    canContinue: false,
  },
  {
    name: 'a field over several lines',
    text: `${lines(OK, 'X-Long: one', ' two', '\tthree', 'Content-Length:', ' 2', '')}ok`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'a coding over two lines',
    text: lines(OK, 'Transfer-Encoding: gzip,', '   chunked', '', '0', ''),
    status: 200,
    canContinue: true,
  },
  {
    name: 'lines that end by LF alone',
    text: 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
    status: 200,
    canContinue: true,
  },
  {
    name: 'no reason, nor the space before it',
    text: `${lines('HTTP/1.1 404', 'Content-Length: 2', '')}no`,
    status: 404,
    canContinue: true,
  },
  {
    name: 'a reason in another alphabet',
    text: `${lines('HTTP/1.1 500 Fehler \xe4\xf6\xfc', 'Content-Length: 0', '')}`,
    status: 500,
    canContinue: true,
  },
  {
    name: 'an empty field and odd characters in values',
    text: `${lines(OK, 'X-Empty:', 'X-Odd: a:b;"c\\"d"\xff\t!', 'Content-Length: 1', '')}x`,
    status: 200,
    canContinue: true,
  },
  {
    name: 'names that begin like those that frame',
    text: `${lines(OK, 'Content-Length-Hint: 99', 'Content-Lengt: 7', 'X-Content-Length: 8', 'Content-Length: 1', '')}x`,
    status: 200,
    canContinue: true,
  },
]

/** What is no answer, or one whose end RFC 9112 does not let anybody guess. */
export const bad: Answer[] = [
  { name: 'another protocol', text: '220 mail.example ESMTP\r\n', failure: 'GARBAGE' },
  { name: 'a later version', text: lines('HTTP/2.0 200 OK', ''), failure: 'GARBAGE' },
  { name: 'an ancient version', text: lines('HTTP/0.9 200 OK', ''), failure: 'GARBAGE' },
  { name: 'a version in small letters', text: lines('http/1.1 200 OK', ''), failure: 'GARBAGE' },
  { name: 'a status of two digits', text: lines('HTTP/1.1 20 OK', ''), failure: 'GARBAGE' },
  { name: 'a status of four digits', text: lines('HTTP/1.1 2000 OK', ''), failure: 'GARBAGE' },
  { name: 'a status below 100', text: lines('HTTP/1.1 099 Low', ''), failure: 'GARBAGE' },
  { name: 'an empty line first', text: `\r\n${lines(OK, 'Content-Length: 0', '')}`, failure: 'GARBAGE' },
  { name: 'a line that is no field', text: lines(OK, 'no colon', ''), failure: 'BAD_HEADER' },
  { name: 'a field without a name', text: lines(OK, ': x', ''), failure: 'BAD_HEADER' },
  { name: 'a space before the colon', text: lines(OK, 'Content-Length : 0', ''), failure: 'BAD_HEADER' },
  { name: 'a space before the first field', text: lines(OK, ' X: y', ''), failure: 'BAD_HEADER' },
  { name: 'a NUL in a value', text: lines(OK, 'X: a\0b', ''), failure: 'BAD_HEADER' },
  { name: 'a CR in a value', text: 'HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n', failure: 'BAD_HEADER' },
  { name: 'a CR alone at the end', text: 'HTTP/1.1 200 OK\r\nX: a\r\n\rX', failure: 'BAD_HEADER' },
  {
    name: 'two lengths',
    text: lines(OK, 'Content-Length: 5', 'Content-Length: 6', ''),
    failure: 'BAD_LENGTH',
  },
  { name: 'two lengths in a list', text: lines(OK, 'Content-Length: 5, 6', ''), failure: 'BAD_LENGTH' },
  { name: 'a negative length', text: lines(OK, 'Content-Length: -1', ''), failure: 'BAD_LENGTH' },
  { name: 'a length with a sign', text: lines(OK, 'Content-Length: +5', ''), failure: 'BAD_LENGTH' },
  { name: 'a length in hexadecimal', text: lines(OK, 'Content-Length: 0x5', ''), failure: 'BAD_LENGTH' },
  { name: 'an empty length', text: lines(OK, 'Content-Length:', ''), failure: 'BAD_LENGTH' },
  {
    name: 'a length beyond numbers',
    text: lines(OK, `Content-Length: ${'9'.repeat(16)}`, ''),
    failure: 'BAD_LENGTH',
  },
  { name: 'a length over two lines', text: lines(OK, 'Content-Length: 1', ' 2', ''), failure: 'BAD_LENGTH' },
  {
    name: 'a good length behind a bad one',
    text: lines(OK, 'Content-Length: x', 'Content-Length: 2', ''),
    failure: 'BAD_LENGTH',
  },
  {
    name: 'a length and chunks',
    text: lines(OK, 'Content-Length: 5', 'Transfer-Encoding: chunked', ''),
    failure: 'BAD_LENGTH',
  },
  {
    name: 'chunks and a length',
    text: lines(OK, 'Transfer-Encoding: chunked', 'Content-Length: 5', ''),
    failure: 'BAD_LENGTH',
  },
  {
    name: 'chunked twice',
    text: lines(OK, 'Transfer-Encoding: chunked, chunked', ''),
    failure: 'BAD_ENCODING',
  },
  {
    name: 'chunked twice, in two fields',
    text: lines(OK, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked', ''),
    failure: 'BAD_ENCODING',
  },
  {
    name: 'chunked with a parameter',
    text: lines(OK, 'Transfer-Encoding: chunked;q=1', ''),
    failure: 'BAD_ENCODING',
  },
  { name: 'an empty coding', text: lines(OK, 'Transfer-Encoding:', ''), failure: 'BAD_ENCODING' },
  {
    name: 'a coding that is no word',
    text: lines(OK, 'Transfer-Encoding: \x0bchunked'.replace('\x0b', '('), ''),
    failure: 'BAD_ENCODING',
  },
  {
    name: 'chunks in HTTP/1.0',
    text: lines('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked', ''),
    failure: 'BAD_ENCODING',
  },
  ...(
    [
      ['no size', '\r\n'],
      ['a size that is none', 'x\r\n'],
      ['a size with a sign', '-5\r\n'],
      ['a size in C', '0x5\r\n'],
      ['a space before the size', ' 5\r\n'],
      ['a space behind the size', '5 \r\n'],
      ['a size beyond numbers', `${'f'.repeat(14)}\r\n`],
      ['a size that ends by LF alone', '5\nhello\r\n'],
      ['a NUL in an extension', '5;a\0\r\n'],
      ['a CR in an extension', '5;a\rb\r\n'],
      ['content that is longer than its chunk', '5\r\nhello!\r\n'],
      ['content that ends by LF alone', '5\r\nhello\n0\r\n\r\n'],
    ] as const
  ).map(
    ([name, text]): Answer => ({
      name: `a chunk: ${name}`,
      text: lines(OK, 'Transfer-Encoding: chunked', '') + text,
      failure: 'BAD_CHUNK',
    }),
  ),
  {
    name: 'a trailer that is none',
    text: lines(OK, 'Transfer-Encoding: chunked', '', '0', 'no colon', ''),
    failure: 'BAD_HEADER',
  },
  { name: 'a header without end', text: `${OK}\r\n${'X: y\r\n'.repeat(12_000)}`, failure: 'LARGE_HEADER' },
  { name: 'a reason without end', text: `HTTP/1.1 200 ${'x'.repeat(70_000)}`, failure: 'LARGE_HEADER' },
  {
    name: 'others before it without end',
    text: lines('HTTP/1.1 100 Continue', '').repeat(3000),
    failure: 'LARGE_HEADER',
  },
  {
    name: 'a trailer without end',
    text: `${lines(OK, 'Transfer-Encoding: chunked', '', '0')}${'X: y\r\n'.repeat(12_000)}`,
    failure: 'LARGE_HEADER',
  },
  { name: 'no answer', text: '', closes: true, failure: 'SHORT' },
  { name: 'half a header', text: `${OK}\r\nContent-`, closes: true, failure: 'SHORT' },
  {
    name: 'half the content',
    text: `${lines(OK, 'Content-Length: 5', '')}hel`,
    closes: true,
    failure: 'SHORT',
  },
  {
    name: 'chunks without the last',
    text: lines(OK, 'Transfer-Encoding: chunked', '', '5', 'hello'),
    closes: true,
    failure: 'SHORT',
  },
  {
    name: 'chunks without the end of the trailer',
    text: lines(OK, 'Transfer-Encoding: chunked', '', '0'),
    closes: true,
    failure: 'SHORT',
  },
]
