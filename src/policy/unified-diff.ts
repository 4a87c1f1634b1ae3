/** Lines around a change that a diff shows. */
const context = 3

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** How a file changes, in the unified format with three lines of context, as `patch` takes it; empty where nothing changes. */
export function unifiedDiff(before: string, after: string, file: string): string {
  const lines = diffLines(linesOf(before), linesOf(after))
  const hunks = hunksOf(lines).map(([from, to]) => hunk(lines, from, to))
  return hunks.length === 0 ? '' : [`--- ${named(`a/${file}`)}\n`, `+++ ${named(`b/${file}`)}\n`, ...hunks].join('')
}

/** A name that could be taken for something else stands in quotes, as git writes it. */
const named = (file: string): string => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"\\]/u.test(file) ? JSON.stringify(file) : file)

/** The lines of a text with their line breaks: one without is another line than one with. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const shorter = Math.min(before.length, after.length) - start
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return [
    ...before.slice(0, start).map((text): Line => ({ sign: ' ', text })),
    ...changed(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((text): Line => ({ sign: ' ', text })),
  ]
}

/** Lines that may differ before they are all shown as replaced: the memory grows with their square. */
const mostDifferences = 1000

/** The fewest lines that go and come (Myers 1986); what is taken out stands before what is added. */
function changed(before: readonly string[], after: readonly string[]): readonly Line[] {
  const furthest = searched(before, after)
  const lines: Line[] = []
  let [row, column] = [before.length, after.length]
  for (let count = furthest.length - 1; count > 0; count--) {
    const reached = furthest[count - 1]
    const down = comesByAdding(reached, count, row - column)
    const diagonal = row - column + (down ? 1 : -1)
    const from = reached?.get(diagonal) ?? 0
    for (const start = down ? from : from + 1; row > start; row--, column--) lines.push(line(' ', before[row - 1]))
    lines.push(down ? line('+', after[--column]) : line('-', before[--row]))
  }
  if (furthest.length === 0) return [...before.map(text => line('-', text)), ...after.map(text => line('+', text))]
  for (; row > 0; row--) lines.push(line(' ', before[row - 1]))
  return goneFirst(lines.reverse())
}

const line = (sign: Line['sign'], text = ''): Line => ({ sign, text })

/** By diagonal, the row furthest down that so many differences reach. */
type Reached = ReadonlyMap<number, number>

/** What 0, 1, 2 … differences reach, up to the end of both; empty where there are too many. */
function searched(before: readonly string[], after: readonly string[]): readonly Reached[] {
  const furthest: Reached[] = []
  for (let count = 0; count <= mostDifferences; count++) {
    const reached = new Map<number, number>()
    const last = furthest.at(-1)
    furthest.push(reached)
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const down = comesByAdding(last, count, diagonal)
      let row = count === 0 ? 0 : down ? (last?.get(diagonal + 1) ?? 0) : (last?.get(diagonal - 1) ?? 0) + 1
      while (row < before.length && row - diagonal < after.length && before[row] === after[row - diagonal]) row++
      reached.set(diagonal, row)
      if (row >= before.length && row - diagonal >= after.length) return furthest
    }
  }
  return []
}

const comesByAdding = (reached: Reached | undefined, count: number, diagonal: number): boolean =>
  diagonal === -count || (diagonal !== count && (reached?.get(diagonal - 1) ?? 0) < (reached?.get(diagonal + 1) ?? 0))

/** Each run of changed lines with those that go before those that come. */
function goneFirst(lines: readonly Line[]): readonly Line[] {
  const ordered: Line[] = []
  let added: Line[] = []
  for (const next of lines) {
    if (next.sign === '+') added.push(next)
    else {
      if (next.sign === ' ') {
        ordered.push(...added)
        added = []
      }
      ordered.push(next)
    }
  }
  return [...ordered, ...added]
}

/** The runs of lines to show: changes with their context, joined where those meet. */
function hunksOf(lines: readonly Line[]): readonly (readonly [from: number, to: number])[] {
  const hunks: [number, number][] = []
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return
    const [from, to] = [Math.max(0, index - context), Math.min(lines.length, index + context + 1)]
    const last = hunks.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = to
    else hunks.push([from, to])
  })
  return hunks
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const shown = lines.slice(from, to)
  const range = (other: '-' | '+'): string => {
    const length = shown.filter(({ sign }) => sign !== other).length
    const first = lines.slice(0, from).filter(({ sign }) => sign !== other).length
    // Of an empty range the line before it is named.
    return `${length === 0 ? first : first + 1}${length === 1 ? '' : `,${length}`}`
  }
  const text = ({ sign, text }: Line): string =>
    text.endsWith('\n') ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`
  return `@@ -${range('+')} +${range('-')} @@\n${shown.map(text).join('')}`
}
