import type { DriftDifference, DriftReport } from '../../src/model/drift.ts'
import type { Condition, Spot } from './soak-spot.ts'

/** A difference in the words in which spots say what is to be seen of them. */
export const shownIn = ({ class: which, kind, name, path, account, live }: DriftDifference): string =>
  [
    which,
    `${kind}/${name}`,
    path,
    ...(account === undefined ? [] : [account.email]),
    ...(path === 'members' && which !== 'new' && typeof live === 'string' ? [`is in ${live}`] : []),
  ].join(' ')

interface Followed {
  readonly spot: Spot
  at: number
  changedAt: number
  /** Changed since the audit log was last read. */
  untold: boolean
  /** Whether the last check that saw everything saw the newcomer. */
  met: boolean
}

/** What was done to an organization, and what checks have to say of it: worked out from what was done, not from what the organization is. */
export class History {
  readonly #spots: readonly Followed[]
  /** What was done, in words. */
  readonly done: string[] = []
  #base: number | undefined
  /** When everything was read. */
  readonly #fullAt = new Set<string>()

  constructor(spots: readonly Spot[], startTime: number) {
    this.#spots = spots.map(spot => ({ spot, at: 0, changedAt: startTime, untold: false, met: false }))
  }

  /** Changes one part, or puts it back; the numbers to draw by are from 0 up to 1. */
  async change(where: number, what: number, now: number): Promise<void> {
    const followed = drawn(this.#spots, where)
    const { spot, at } = followed
    const others = spot.conditions.flatMap(({ enter }, index) => (enter && index !== at ? [{ enter, index }] : []))
    const { enter, index: next } = drawn(others, what)
    await enter()
    Object.assign(followed, { at: next, changedAt: now, untold: true })
    this.done.push(`${spot.name}: ${next === 0 ? 'as applied' : `changed ${next}`}`)
  }

  /** What is wrong with a report, in words: what it misses, what it invents. */
  faultsOf(report: DriftReport): readonly string[] {
    const full = report.reading.kind === 'full'
    const { fullAt } = report.reading
    if (full) this.#fullAt.add(report.checkedAt)
    // What one full reading showed, kept or not, no later check takes back.
    const newestFull = [...this.#fullAt].sort().at(-1) ?? ''
    const shown = report.differences.map(shownIn)
    // What a check cannot know yet may be shown or not.
    const open = this.#spots.filter(
      ({ spot: { known }, changedAt, untold }) =>
        (known === 'unlogged' && changedAt > Date.parse(newestFull) && !full) ||
        (known === 'by-event-alone' && untold && !report.complete),
    )
    const undecided = new Set(open.flatMap(({ spot }) => spot.conditions.flatMap(({ shown: keys = [] }) => keys)))
    const expected = this.#spots.flatMap(followed => expectedOf(followed)).filter(key => !undecided.has(key))
    const counted = this.#spots.reduce((sum, followed) => sum + (conditionOf(followed).accounts ?? 0), 0)
    this.#base ??= report.coverage.accounts - counted
    const faults = [
      ...expected.filter(key => !shown.includes(key)).map(key => `missed: ${key}`),
      ...shown.filter(key => !expected.includes(key) && !undecided.has(key)).map(key => `invented: ${key}`),
      ...(new Set(shown).size < shown.length ? ['shown twice'] : []),
      ...(report.coverage.accounts === this.#base + counted || open.some(({ spot }) => countsAccounts(spot))
        ? []
        : [`counted ${report.coverage.accounts} accounts, not ${this.#base + counted}`]),
      ...(this.#fullAt.has(fullAt) ? [] : [`not everything was read at ${fullAt}`]),
      ...(Date.parse(report.checkedAt) - Date.parse(fullAt) > day ? ['everything was read more than a day ago'] : []),
    ]
    for (const followed of this.#spots) {
      if (report.complete) {
        followed.untold = false
        followed.met = conditionOf(followed).newcomer !== undefined
      }
    }
    return faults
  }

  /** How many parts are not as they were applied. */
  get changed(): number {
    return this.#spots.filter(({ at }) => at !== 0).length
  }
}

/** A day, and the time that a check may come late by. */
const day = 86_400_000 + 10 * 60_000

const conditionOf = ({ spot, at }: Pick<Followed, 'spot' | 'at'>): Condition =>
  spot.conditions[at] ?? spot.conditions[0]

function expectedOf(followed: Followed): readonly string[] {
  const { shown = [], newcomer } = conditionOf(followed)
  return newcomer === undefined || followed.met ? shown : [...shown, newcomer]
}

const countsAccounts = ({ conditions }: Spot): boolean => conditions.some(({ accounts }) => accounts !== undefined)

const drawn = <T>(items: readonly T[], number: number): T => items[Math.floor(number * items.length)] as T
