/** Lines of one page. */
export const PAGE = 10
/** More lines than anything has: to the beginning, or to the end. */
export const WHOLE = 1_000_000
