const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Visible ASCII without `#`, which begins what is never sent. Source: RFC 9112, 3.2; RFC 3986. */
const TARGET = /^[\x21\x22\x24-\x7e]+$/
/** No control characters but the tab. Source: RFC 9110, 5.5. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
/** They follow from the body. */
const FRAMING = ['content-length', 'transfer-encoding']

// Each throws what is allowed, as the end of the sentence "--option takes …".

export function checkPath(path: string): void {
  if (!TARGET.test(path) || (!path.startsWith('/') && path !== '*'))
    throw new Error('a path that begins with / and has no spaces (write %20)')
}

export function checkMethod(method: string): void {
  if (!TOKEN.test(method) || method === 'CONNECT') throw new Error('a method such as GET, HEAD or POST')
}

export function checkHeader(line: string): void {
  const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(line) ?? []
  if (!TOKEN.test(name) || !VALUE.test(value)) throw new Error("a line such as 'Accept: text/html'")
  if (FRAMING.includes(name.toLowerCase()))
    throw new Error(`no field that says how long the content is, since that follows from --body`)
}
