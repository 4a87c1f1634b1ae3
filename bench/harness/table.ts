import { isMet, type Compared, type Figure, type Goal, type Line } from './row.ts'

/** How wide the table is. */
export const tableWidth = 80

const columns = [32, 8, 8, 6, 6, 7] as const
const nameWidth = columns[0]

/** The heading, above all rows. */
export const heading = (): string => row(['', 'time', 'other', 'ratio', '±', 'memory'], ' at most')

/** The lines of the table for one line of a row. */
export function lineText(line: Line): string {
  if (line.type === 'compared') return comparedText(line)
  if (line.type === 'figure') return figureText(line)
  if (line.type === 'note') return wrapped(line.text, '    ')
  return wrapped(`${line.name}: ${line.type}: ${line.why}`, '  ')
}

/** What it comes to. */
export function summary(lines: readonly Line[]): string {
  const goals = lines.map(isMet)
  const count = (is: boolean): number => goals.filter(met => met === is).length
  const ended = (type: Line['type']): number => lines.filter(line => line.type === type).length
  return `${count(true)} goals met, ${count(false)} not met, ${ended('skipped')} skipped, ${ended('failed')} failed`
}

function comparedText(line: Compared): string {
  const { milliseconds, otherMilliseconds, ratio, spread, peakBytes } = line
  const cells = [
    duration(milliseconds),
    duration(otherMilliseconds),
    ratio.toFixed(2),
    `${Math.min(999, spread * 100).toFixed(0)} %`,
    peakBytes === undefined ? '' : memory(peakBytes / 2 ** 20),
  ]
  return named(line.name, name => row([name, ...cells], ` ${goalText(line, line.goal, 2)}`))
}

function figureText(line: Figure): string {
  const { value, unit, goal } = line
  const digits = unit === 'times' || Math.abs(value) < 10 ? 2 : 0
  const text = Number.isInteger(value) ? number(value, 0) : number(value, digits)
  return named(
    line.name,
    name =>
      `${name.padEnd(nameWidth)}${`${text} ${unit}`.trim().padStart(16)}${goal === undefined ? '' : `  ${'atMost' in goal ? 'at most ' : 'must be '}${goalText(line, goal, digits)}`}`,
  )
}

/** A name that is too long for its column stands on a line of its own. */
function named(name: string, rest: (name: string) => string): string {
  const indented = `  ${name}`
  return indented.length <= nameWidth ? rest(indented) : `${wrapped(name, '  ')}\n${rest('')}`
}

function row(cells: readonly string[], goal: string): string {
  const [name = '', ...others] = cells
  const padded = others.map((cell, index) => cell.padStart(columns[index + 1] ?? 0))
  return `${name.padEnd(nameWidth)}${padded.join('')}${goal}`.trimEnd()
}

function goalText(line: Line, goal: Goal | undefined, digits: number): string {
  if (goal === undefined) return ''
  const limit = 'atMost' in goal ? number(goal.atMost, digits) : number(goal.equal, 0)
  return `${limit} ${isMet(line) === true ? 'met' : 'NOT MET'}`
}

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })

const memory = (megabytes: number): string =>
  megabytes < 1000 ? `${megabytes.toFixed(0)} MB` : `${(megabytes / 1024).toFixed(1)} GB`

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`
  return `${(milliseconds / 1000).toFixed(milliseconds < 100_000 ? 2 : 0)} s`
}

/** Text in lines of the table's width; those after the first are further in. */
function wrapped(text: string, indent: string): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let current = lines.length === 0 ? indent : `${indent}  `
    let isEmpty = true
    for (const word of paragraph.split(' ').flatMap(long => long.match(/.{1,60}/gu) ?? [])) {
      if (!isEmpty && current.length + 1 + word.length > tableWidth) {
        lines.push(current)
        current = `${indent}  ${word}`
        continue
      }
      current += isEmpty ? word : ` ${word}`
      isEmpty = false
    }
    lines.push(current)
  }
  return lines.map(line => line.trimEnd()).join('\n')
}
