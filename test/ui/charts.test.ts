import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { Histogram } from '../../src/load/histogram.ts'
import type { LatencyBucket } from '../../src/state/event.ts'
import { type Bar, barChart } from '../../src/ui/charts/bar-chart.ts'
import { histogramChart } from '../../src/ui/charts/histogram-chart.ts'
import { lineChart, type Point } from '../../src/ui/charts/line-chart.ts'
import { width } from '../../src/ui/text.ts'
import { theme } from '../../src/ui/theme.ts'

const handlers = () => process.eventNames().map((name) => [name, process.listenerCount(name)])

const before = handlers()

const points = (...values: number[]): Point[] => values.map((value, i) => ({ at: 5000 + 500 * i, value }))
const line = (given: Point[], size = { width: 60, height: 10 }, name = 'accepted') =>
  lineChart({ series: [{ name, points: given, style: theme.accepts }], unit: '/s', ...size }).map(bare)
const bars = (...values: number[]): Bar[] =>
  values.map((value, i) => ({ label: String(i), value, style: theme.accepts }))
const barLines = (given: Bar[], fair?: number, size = { width: 60, height: 10 }) =>
  barChart({ bars: given, ...(fair !== undefined && { fair }), ...size }).map(bare)
const distributionOf = (...microseconds: number[]): LatencyBucket[] => {
  const histogram = new Histogram()
  for (const value of microseconds) histogram.record(value)
  return histogram.distribution()
}
const bare = (text: string) => stripVTControlCharacters(text)
/** How many dots of Braille are set. */
const dots = (text: string) =>
  [...text].reduce((sum, character) => {
    const code = character.charCodeAt(0) - 0x2800
    return sum + (code > 0 && code < 256 ? code.toString(2).replaceAll('0', '').length : 0)
  }, 0)

describe('whatever is drawn, at every size', () => {
  const many = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1013)
  const values: Record<string, number[]> = {
    none: [],
    'one of zero': [0],
    one: [3],
    zeros: Array(12).fill(0),
    few: [1200, 0, 950.5, 1],
    tiny: [0.0001, 1e-12, 1e-300],
    huge: [1e15, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, 1e300],
    'no numbers': [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -5, 4],
    many,
  }
  const odd = ['日本語', 'café …', 'a\x1b[2Jb\n', 'a rather long name of a child', '']
  const style = theme.good
  const charts: Record<string, (values: number[], size: { width: number; height: number }) => string[]> = {
    line: (given, size) =>
      lineChart({ series: [{ name: 'x', points: points(...given), style }], unit: '/s', ...size }),
    'several lines': (given, size) =>
      lineChart({
        series: odd.map((name, i) => ({ name, points: points(...given.slice(i)), style })),
        unit: ' ½ …',
        ...size,
      }),
    'points at odd times': (given, size) =>
      lineChart({
        series: [{ name: 'x', points: given.map((at) => ({ at: at % 1e9, value: at })), style }],
        unit: '',
        ...size,
      }),
    bars: (given, size) => barChart({ bars: bars(...given), ...size }),
    'bars with odd labels': (given, size) =>
      barChart({
        bars: given.map((value, i) => ({ label: odd[i % 5]!, value, style })),
        fair: given[0] ?? 1,
        ...size,
      }),
    histogram: (given, size) =>
      histogramChart({ buckets: given.map((count, i) => ({ from: i, to: i + 1, count })), ...size }),
    'histogram with marks': (given, size) =>
      histogramChart({
        buckets: given.map((count, i) => ({ from: 2 ** i, to: 2 ** (i + 1), count })),
        marks: given.map((at, i) => ({ label: odd[i % 5]!, at })),
        ...size,
      }),
  }
  const cases = Object.keys(charts).flatMap((chart) =>
    Object.keys(values).map((value) => [chart, value] as const),
  )

  test.each(cases)('%s of %s fills its place exactly, with narrow characters alone', (chart, value) => {
    for (const columns of [0, 1, 5, 8, 30, 59, 94, 190])
      for (const height of [0, 1, 2, 3, 4, 6, 11, 20]) {
        const lines = charts[chart]!(values[value]!, { width: columns, height })
        expect(lines).toHaveLength(height)
        for (const text of lines) {
          expect(width(text)).toBe(columns)
          expect(bare(text)).toMatch(/^[\x20-\x7e\u2800-\u28ff]*$/)
          expect(text).not.toMatch(/NaN|Infinity|null|undefined/)
        }
      }
  })

  test('a size that is none is an empty chart', () => {
    for (const size of [Number.NaN, -3])
      for (const chart of Object.values(charts))
        expect(chart([1, 2], { width: size, height: size })).toEqual([])
  })
})

describe('a line', () => {
  test('has the latest value in the legend, in three digits with its unit', () => {
    expect(line(points(1, 2, 12_345))[0]).toContain('accepted 12.3k/s')
    expect(line(points(1, 2, 0))[0]).toContain('accepted 0/s')
    expect(line(points(999_600))[0]).toContain('accepted 1M/s')
  })

  test('keeps every latest value when there is too little room, and cuts the names', () => {
    const [legend] = lineChart({
      series: ['accepted', 'established'].map((name, i) => ({
        name,
        points: points(7240 + i),
        style: theme.good,
      })),
      unit: '/s',
      width: 36,
      height: 6,
    }).map(bare)
    expect(legend).toMatch(/acc.*~ 7\.24k\/s .*est.*~ 7\.24k\/s/)
  })

  test('has a scale with round numbers, from zero', () => {
    const labels = line(points(10, 7400, 300)).map((text) => /^ *([\d.]+k?)⢸/.exec(text)?.[1])
    expect(labels.filter(Boolean)).toEqual(['8k', '4k', '0'])
  })

  test('has the time below: ten seconds at least, a minute at most for the last minute', () => {
    expect(line(points(1)).at(-1)).toMatch(/-10 s.*-5 s.*now$/)
    expect(line(points(...Array(121).fill(1))).at(-1)).toMatch(/-60 s.*-30 s.*now$/)
    expect(line(points(...Array(1201).fill(1))).at(-1)).toMatch(/-10 min.*-5 min.*now$/)
  })

  test('stands as high as its value, the latest one at the right', () => {
    const lines = line(points(...Array(10).fill(0), ...Array(11).fill(8)))
    expect(lines[1]).toMatch(/⠉{20,}$/)
    expect(lines.at(-2)).toMatch(/⢸⣀{20,}/)
    expect(lines.at(-2)).not.toMatch(/⣀{20,} *⣀+$/)
  })

  test('of zeros lies at the bottom, and one point is one dot', () => {
    expect(
      dots(
        line(points(...Array(121).fill(0)))
          .at(-2)!
          .slice(2),
      ),
    ).toBeGreaterThan(100)
    const body = line(points(5))
      .slice(1, -1)
      .map((text) => text.slice(text.indexOf('⢸') + 1))
    expect(dots(body.join(''))).toBe(1)
  })

  test('can be told from the next without colour', () => {
    const both = lineChart({
      series: [
        { name: 'a', points: points(4, 4, 4), style: theme.good },
        { name: 'b', points: points(8, 8, 8), style: theme.good },
      ],
      unit: '',
      width: 60,
      height: 10,
    }).map(bare)
    expect(both[0]).toMatch(/^⠒⠒⠒ a 4 {2}⠒ ⠒ b 8/)
    expect(both[1]).toMatch(/⠉ ⠉/)
    expect(both.find((text) => text.startsWith('4'))).not.toMatch(/[⠉-⣿] [⠉-⣿]/)
  })

  test('of nothing says what would fill it', () => {
    const lines = lineChart({ series: [], unit: '', empty: 'Press l for load.', width: 30, height: 6 })
    expect(lines.map(bare).join('')).toContain('Press l for load.')
  })
})

describe('bars', () => {
  test('have their values above and their labels below', () => {
    const lines = barLines(bars(1376, 12, 0))
    for (const text of ['1,376', '12', '0'])
      expect(lines.some((each) => each.split(/\s+/).includes(text))).toBe(true)
    expect(lines.at(-1)!.trim().split(/\s+/)).toEqual(['0', '1', '2'])
  })

  test('are as high as their values', () => {
    const lines = barLines(bars(80, 40, 20, 10), undefined, { width: 60, height: 11 })
    const heights = [0, 1, 2, 3].map((i) =>
      dots(
        lines
          .slice(2, -1)
          .map((text) => text[text.indexOf('⢸') + 1 + 12 * i] ?? '')
          .join(''),
      ),
    )
    // Eight rows of four dots, two dots for each column.
    expect(heights).toEqual([64, 32, 16, 8])
  })

  test('the least of values is seen, and zero is not', () => {
    const lines = barLines(bars(1_000_000, 1, 0))
      .slice(1, -1)
      .join('\n')
    expect(lines.match(/⣀{5,}/g)).toHaveLength(1)
  })

  test('which have no room for their values have labels that do not touch, and tell the extremes', () => {
    const lines = barLines(bars(...Array.from({ length: 25 }, (_, i) => 1000 + i)), 1012)
    expect(lines[0]).toMatch(/^min 1k {2}max 1\.02k {2}⠒ fair 1\.01k/)
    expect(lines.at(-1)!.trim().split(/\s+/)).toEqual([
      '0',
      '2',
      '4',
      '6',
      '8',
      '10',
      '12',
      '14',
      '16',
      '18',
      '20',
      '22',
      '24',
    ])
  })

  test('of which there are too many are put together, and that is said', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 500 ? 10 : 30))
    const lines = barLines(bars(...values), undefined, { width: 80, height: 12 })
    expect(lines[0]).toMatch(/^each bar: mean of 14 of 1,000 {2}min 10 {2}max 30/)
    const row = lines[3]!.slice(lines[3]!.indexOf('⢸') + 1)
    expect(row.search(/\S/)).toBe(36)
    expect(row.trim()).toMatch(/^⡇{36}$/)
  })

  test('show where the fair share is', () => {
    const lines = barLines(bars(100, 50, 0), 50, { width: 60, height: 10 })
    const row = lines.findIndex((text) => /⢸.*( ⠉| ⠒| ⠤| ⣀){4,}/.test(text))
    expect(row).toBe(5)
    expect(lines[0]).toContain('⠒ fair 50')
  })

  test('as high as the fair share are whole, higher ones have a gap there', () => {
    const size = { width: 60, height: 11 }
    const column = (fair: number, i: number) =>
      dots(
        barLines(bars(80, 1), fair, size)
          .slice(2, -1)
          .map((text) => text[text.indexOf('⢸') + 1 + 12 * i])
          .join(''),
      )
    expect([column(80, 0), column(40, 0), column(1, 0)]).toEqual([64, 62, 62])
    expect(column(1, 1)).toBe(2)
  })

  test('with a label longer than the chart have the beginning of it', () => {
    const lines = barLines(
      [{ label: 'a label of many words that is too long', value: 3, style: theme.good }],
      3,
      {
        width: 30,
        height: 8,
      },
    )
    expect(lines.at(-1)).toMatch(/a label of many w.*~$/)
  })

  test('each have their own colour, if there are colours', () => {
    const mark = (text: string) => (text.includes('⣿') ? text.replaceAll('⣿', '#') : text)
    const lines = barChart({
      bars: [
        { label: 'a', value: 4, style: mark },
        { label: 'b', value: 4, style: theme.good },
      ],
      width: 40,
      height: 8,
    }).map(bare)
    expect(lines.at(-2)).toMatch(/⢸#{11} ⣿{11}/)
  })
})

describe('a histogram', () => {
  const size = { width: 60, height: 10 }
  const quick = distributionOf(...Array(90).fill(700), ...Array(10).fill(20_000))

  test('names the percentiles in milliseconds, and how many there are', () => {
    const marks = [
      { label: 'p50', at: 0.711 },
      { label: 'max', at: 20 },
    ]
    expect(bare(histogramChart({ buckets: quick, marks, ...size })[0]!)).toMatch(
      /^ms: p50 0\.711 {2}max 20 {2}100 in all/,
    )
  })

  test('has round times below where they belong', () => {
    const lines = histogramChart({ buckets: quick, ...size }).map(bare)
    const axis = lines.at(-1)!
    expect(axis.match(/[\d.]+/g)).toEqual(['0.512', '1', '2', '5', '10', '20'])
    const left = lines[1]!.indexOf('⢸') + 1
    // From 0.512 to 23.04 ms is 11 buckets; 1 ms is nearly two of them from the left, 10 ms nearly nine.
    expect((axis.search(/(?<![\d.])1(?!\d)/) - left) / (60 - left)).toBeCloseTo(1.93 / 11, 1)
    expect((axis.indexOf('10') - left) / (60 - left)).toBeCloseTo(8.6 / 11, 1)
  })

  test('has bars as high as the counts', () => {
    const lines = histogramChart({ buckets: quick, ...size }).map(bare)
    const column = (x: number) =>
      lines
        .slice(1, -1)
        .map((text) => text[text.indexOf('⢸') + 1 + x])
        .join('')
    expect(column(1)).toMatch(/^ *⣿*.?⣿+$/)
    expect(dots(column(1))).toBeGreaterThan(50)
    expect(dots(column(20))).toBe(0)
    expect(dots(column(54))).toBeLessThan(10)
  })

  test('loses no count when there are more buckets than columns', () => {
    const buckets = Array.from({ length: 400 }, (_, i) => ({ from: 1.1 ** i, to: 1.1 ** (i + 1), count: 5 }))
    const lines = histogramChart({ buckets, ...size }).map(bare)
    expect(lines[0]).toContain('2k in all')
    expect(lines[1]).toMatch(/^40⢸⣿/)
  })

  test('of nothing says what would fill it', () => {
    for (const buckets of [[], [{ from: 1, to: 2, count: 0 }]])
      expect(
        histogramChart({ buckets, empty: 'Press l.', ...size })
          .map(bare)
          .join(''),
      ).toContain('Press l.')
  })
})

test('drawing leaves the process and its output alone', () => {
  const write = vi.spyOn(process.stdout, 'write')
  const warn = vi.spyOn(process.stderr, 'write')
  for (let i = 0; i < 20; i++) {
    line(points(1, 2, 3))
    barLines(bars(1, 2, 3))
    histogramChart({ buckets: distributionOf(1, 1000), width: 60, height: 10 })
  }
  expect(handlers()).toEqual(before)
  expect(write).not.toHaveBeenCalled()
  expect(warn).not.toHaveBeenCalled()
})
