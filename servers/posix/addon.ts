import { createRequire } from 'node:module'
import { nativePath } from './native.ts'

type Addon = Record<string, (...args: (number | string | ArrayBufferView | null)[]) => number>

/**
 * The addon: each function makes one system call and returns its result, or the negated errno (errno(3)). It throws a
 * TypeError or a RangeError for what cannot be an argument of that call. See call.h.
 */
export const addon = createRequire(import.meta.url)(nativePath('posix.node')) as Addon
