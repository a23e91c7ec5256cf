// Rewrites the tables in the documents that are made from those that the program goes by.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents, renewTables } from './tables/renew.ts'

for (const document of documents) {
  const path = join(import.meta.dirname, '..', document)
  const before = readFileSync(path, 'utf8')
  const after = renewTables(before)
  if (after === before) continue
  writeFileSync(path, after)
  console.log(`${document} is new`)
}
