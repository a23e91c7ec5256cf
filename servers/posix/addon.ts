import { createRequire } from 'node:module'
import { nativePath } from './native.ts'

/** The addon: each function returns the call's result, or the negated errno. See call.h. */
type Addon = Record<string, (...args: (number | string | ArrayBufferView | null)[]) => number>

export const addon = createRequire(import.meta.url)(nativePath('posix.node')) as Addon
