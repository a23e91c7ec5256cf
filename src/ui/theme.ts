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
  focusedFrame: style(colours.cyan),
  key: style(colours.cyan),
  good: style(colours.green),
  bad: style(colours.red),
  warning: style(colours.yellow),
  accepts: style(colours.green),
  received: style(colours.blue),
  zombie: style(colours.magenta),
  stopped: style(colours.yellow),
  you: style(colours.cyan),
} satisfies Record<string, Style>

function style(instance: ChalkInstance): Style {
  return (text) => instance(text)
}
