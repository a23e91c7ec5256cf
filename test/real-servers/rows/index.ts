import type { Row } from '../row.ts'
import { apacheRows } from './apache.ts'
import { inetdRows } from './inetd.ts'
import { javaRows } from './java.ts'
import { loginRows } from './logins.ts'
import { nginxRows } from './nginx.ts'
import { nodeRows } from './node.ts'
import { phpRows } from './php.ts'
import { pythonRows } from './python.ts'
import { pythonWebRows } from './python-web.ts'
import { rawRows } from './raw.ts'
import { rubyRows } from './ruby.ts'
import { storeRows } from './stores.ts'
import { webRows } from './web.ts'

/** Every server of the table, the most used first. */
export const rows: Row[] = [
  ...nginxRows,
  ...apacheRows,
  ...pythonWebRows,
  ...webRows,
  ...storeRows,
  ...phpRows,
  ...loginRows,
  ...inetdRows,
  ...rubyRows,
  ...pythonRows,
  ...nodeRows,
  ...javaRows,
  ...rawRows,
]
