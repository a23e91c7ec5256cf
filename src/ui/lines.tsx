import { Box, Text, Transform } from 'ink'
import { createContext, useContext } from 'react'
import { LateLines } from './late-lines.ts'

export const LateLinesContext = createContext(new LateLines())

/** Lines of exactly `width` columns each, styled already, below each other. */
export function Lines({ lines, width }: { lines: readonly string[]; width: number }) {
  const late = useContext(LateLinesContext)
  return (
    <Box flexShrink={0}>
      <Transform transform={(_, index) => late.mark(lines[index] ?? '', width)}>
        <Text>{blank(width, lines.length)}</Text>
      </Transform>
    </Box>
  )
}

const blanks = new Map<string, string>()

/** One string for each size, since Ink remembers the measure of every text. */
function blank(width: number, height: number): string {
  const size = `${width}×${height}`
  const known = blanks.get(size) ?? Array(height).fill(' '.repeat(width)).join('\n')
  blanks.set(size, known)
  return known
}
