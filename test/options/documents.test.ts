import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, renewTables } from '../../scripts/tables/renew.ts'
import { root } from '../support/root.ts'

test.each(documents)('the tables of %s are those of the program: else run "npm run tables"', (document) => {
  const text = readFileSync(join(root, document), 'utf8')
  expect(text).toContain('<!-- table: ')
  expect(text).toBe(renewTables(text))
})
