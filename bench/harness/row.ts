import type { Peers } from '../peers/install.ts'

/** What is asked of a figure. */
export type Goal = { readonly atMost: number } | { readonly equal: number }

/** Two programs that did the same work side by side. */
export interface Compared {
  readonly type: 'compared'
  /** `postern --version / node -e 0`: ours before the slash. */
  readonly name: string
  readonly rounds: number
  /** Medians. */
  readonly milliseconds: number
  readonly otherMilliseconds: number
  /** The median of the ratios of the pairs. */
  readonly ratio: number
  /** How far the middle half of the ratios reaches, as a share of their median. */
  readonly spread: number
  /** Medians of the most memory that a run had. Absent where the system does not tell. */
  readonly peakBytes?: number
  readonly otherPeakBytes?: number
  /** Medians of user and system time. */
  readonly cpuMilliseconds?: number
  readonly otherCpuMilliseconds?: number
  readonly goal?: Goal
}

/** A number that stands for itself. */
export interface Figure {
  readonly type: 'figure'
  readonly name: string
  readonly value: number
  readonly unit: 'requests' | 'ms' | 's' | 'MB' | 'bytes' | 'times' | 'USD' | '%' | ''
  readonly goal?: Goal
}

export const figure = (name: string, value: number, unit: Figure['unit'], goal?: Goal): Figure => ({
  type: 'figure',
  name,
  value,
  unit,
  ...(goal && { goal }),
})

export type Line =
  | Compared
  | Figure
  /** What a reader has to know to judge the lines above. */
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'skipped'; readonly name: string; readonly why: string }
  | { readonly type: 'failed'; readonly name: string; readonly why: string }

/** What a row measures with. */
export interface Bench {
  /** The environment of what is measured. */
  readonly env: NodeJS.ProcessEnv
  /** Small sizes and few rounds: shows that everything works, and nothing else. */
  readonly quick: boolean
  /** How many rounds count: what was asked for, else the row's own number. */
  readonly rounds: (own: number) => number
  /** The program, built. A copy: whoever builds meanwhile does not change what is measured. */
  readonly dist: string
  readonly peers: Peers
  /** Tells whoever waits how far it is. */
  readonly say: (text: string) => void
}

/** One comparison of the bench. */
export interface Row {
  readonly name: string
  readonly title: string
  /** Its lines, each as soon as it is known. Throws where it cannot go on; the lines before stay. */
  readonly measure: (bench: Bench) => AsyncGenerator<Line, void>
}

/** Whether a goal is met; undefined without one. */
export function isMet(line: Line): boolean | undefined {
  if (line.type !== 'compared' && line.type !== 'figure') return undefined
  const { goal } = line
  if (goal === undefined) return undefined
  const value = line.type === 'compared' ? line.ratio : line.value
  return 'atMost' in goal ? value <= goal.atMost : value === goal.equal
}
