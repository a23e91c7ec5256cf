import { Chalk, type ChalkInstance, type ColorSupportLevel } from 'chalk'

const colours = new Chalk({ level: 1 })
/** Bold, dim and inverse are no colours: they stay where colours are not wanted. */
const shapes = new Chalk({ level: 1 })

type Style = (text: string) => string

/** What carries a meaning on the screen. Red is only for what went wrong, always with a word beside it. */
export const theme = {
  title: (text) => shapes.bold(text),
  dim: (text) => shapes.dim(text),
  bold: (text) => shapes.bold(text),
  selected: (text) => shapes.inverse(text),
  frame: (text) => shapes.dim(text),
  focusedFrame: style(colours.cyan, 80),
  key: style(colours.cyan, 80),
  good: style(colours.green, 114),
  bad: style(colours.red, 203),
  warning: style(colours.yellow, 221),
  accepts: style(colours.green, 78),
  received: style(colours.blue, 75),
  zombie: style(colours.magenta, 177),
  stopped: style(colours.yellow, 215),
  you: style(colours.cyan, 80),
} satisfies Record<string, Style>

/** From now on so many colours are used: none, the sixteen that the user's terminal defines, 256 or all. */
export function chooseColours(level: ColorSupportLevel): void {
  colours.level = level
}

function style(basic: ChalkInstance, of256: number): Style {
  const exact = colours.ansi256(of256)
  return (text) => (colours.level >= 2 ? exact : basic)(text)
}
