import { Chalk, type ChalkInstance, supportsColor } from 'chalk'

/** NO_COLOR wins over what the terminal can do (no-color.org). Bold, dim and inverse are no colours: they stay. */
const colours = new Chalk({ level: process.env.NO_COLOR ? 0 : supportsColor ? supportsColor.level : 1 })
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

/** One of the sixteen colours, which the user's terminal defines, or of the 256 where there are so many. */
function style(basic: ChalkInstance, of256: number): Style {
  const instance = colours.level >= 2 ? colours.ansi256(of256) : basic
  return (text) => instance(text)
}
