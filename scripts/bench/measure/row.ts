/** What a ratio or a figure must reach. */
export type Bar = { least: number } | { most: number }

/** One line of the result. Texts are ready to print. */
export type Row = {
  name: string
  ours: string
  other: string
  ratio: string
  bar: string
  /** Null where there is no bar: the line only informs. */
  passed: boolean | null
  /** What a reader needs to judge the line. */
  note?: string
}

/** A line whose ratio is judged. */
export function ratioRow(
  name: string,
  ours: string,
  other: string,
  ratio: number,
  bar: Bar | null,
  note?: string,
): Row {
  const text = bar === null ? '' : 'least' in bar ? `>= ${bar.least}` : `<= ${bar.most}`
  return {
    name,
    ours,
    other,
    ratio: ratio.toFixed(3),
    bar: text,
    passed: bar && reaches(ratio, bar),
    ...(note && { note }),
  }
}

/** A line whose figure itself must not exceed a limit. */
export function limitRow(
  name: string,
  value: number,
  most: number,
  show: (value: number) => string,
  note?: string,
): Row {
  const row = {
    name,
    ours: show(value),
    other: '',
    ratio: '',
    bar: `<= ${show(most)}`,
    passed: value <= most,
  }
  return { ...row, ...(note && { note }) }
}

function reaches(value: number, bar: Bar): boolean {
  return 'least' in bar ? value >= bar.least : value <= bar.most
}
