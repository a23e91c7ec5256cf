/**
 * The shared file holds what the probe cannot have written. The server can write into it as it likes, so nothing in it
 * is believed from then on.
 */
export class Corrupt extends Error {
  constructor(what: string) {
    super(`The server wrote into the file that it shares with us (${what}), so it is not read any more.`)
  }
}
