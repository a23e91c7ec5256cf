const INTRODUCED = [
  // OSC, DCS, SOS, PM and APC: a string, ended by BEL or ST, cut short by another escape, or never ended.
  '(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?',
  // CSI: parameters, intermediates, one final byte.
  '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?',
  // Every other escape: intermediates, one final byte.
  '\\x1b[ -/]*[0-~]?',
]
const SEQUENCE = new RegExp(INTRODUCED.join('|'), 'g')

/**
 * The text without anything that a terminal would act on, so that it can be drawn. Escape sequences go, complete or
 * not, and so do carriage returns and what is invisible or turns the direction of writing; a tab becomes a space, any
 * other control character a middle dot.
 */
export function stripControl(text: string): string {
  return text
    .replace(SEQUENCE, '')
    .replace(/\t/g, ' ')
    .replace(/[\r\p{Cf}]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, '·')
}
