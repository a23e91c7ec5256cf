import { sections } from './sections.ts'

/** The documents that hold tables made from the program's own. */
export const documents = ['README.md', 'docs/options.md', 'docs/report.md']

const MARKED = /(<!-- table: (\w+) -->)[\s\S]*?(<!-- end of table -->)/g

/** The document with its marked tables as they are now. Throws when it names a table that there is not. */
export function renewTables(document: string): string {
  return document.replace(MARKED, (_, begin: string, name: string, end: string) => {
    const section = sections[name]
    if (!section) throw new Error(`There is no table called "${name}".`)
    return `${begin}\n\n${section()}\n\n${end}`
  })
}
