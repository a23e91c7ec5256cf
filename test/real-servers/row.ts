/** Where a server of the table is to listen, and the folder for its configuration and all that it writes. */
export type Place = { port: number; folder: string }

/** Processes of a server that are alike. */
export type Expected = {
  /** As the tree calls them. */
  role: 'server' | 'parent' | 'child'
  /** What they call themselves; of one that is gone too soon to be looked at that may not be seen. */
  name: RegExp
  /** How many live when the server is at rest; `each`: one for each connection, which is gone with it. */
  count: number | 'each'
}

/** A real server in the shape in which it is used. */
export type Row = {
  name: string
  /** What must be installed: a name that PATH finds, or a path. */
  program: string
  /** The Debian package that has it. */
  package: string
  /** Writes what the server needs, and returns its command. */
  command(place: Place): string[]
  /** What the load speaks. */
  service: 'http' | 'any'
  /** It closes without a word when it is spoken to in a protocol that is not its own. */
  isSilent?: true
  /** Why `run` ends with 1 although every client had its answer. */
  whyNotWell?: string
  /** Ten by default. */
  clients?: number
  /** What each client connects; 30 by default, fewer where a connection is dear, or is not closed at once. */
  connections?: number
  processes: Expected[]
  /** The signal on which the first process replaces all its children while it serves. */
  reload?: NodeJS.Signals
}
