import type { CoverageRequirement } from '../kinds/coverage-requirement.ts'
import { coverageLevels } from '../model/coverage.ts'

/** The values of one member, the weakest first, and what is meant where it is left out. */
const orders = {
  atLeast: [coverageLevels, 'none'],
  tokens: [['ignore', 'live', 'possible'], 'live'],
  severity: [['note', 'warning', 'error'], 'error'],
} as const satisfies Readonly<Record<string, readonly [readonly string[], string]>>

/** What a requirement asks less than before, or of fewer accounts. */
export function weakenedRequirement(
  address: string,
  before: CoverageRequirement,
  after: CoverageRequirement | undefined,
): readonly string[] {
  if (after === undefined) return [`\`${address}\` is dropped`]
  const ordered = (['atLeast', 'tokens', 'severity'] as const).flatMap(member => {
    const [order, meant] = orders[member]
    const [from, to] = [before[member] ?? meant, after[member] ?? meant]
    const rank = (value: string): number => (order as readonly string[]).indexOf(value)
    return rank(to) < rank(from) ? [`\`${member}\` of \`${address}\` goes from ${from} to ${to}`] : []
  })
  const [from, to] = [before.minimumPercent ?? 100, after.minimumPercent ?? 100]
  return [
    ...ordered,
    ...(to < from ? [`\`minimumPercent\` of \`${address}\` goes from ${from} to ${to}`] : []),
    ...narrower(before, after).map(member => `\`population.${member}\` of \`${address}\` takes in fewer accounts`),
  ]
}

/** What is left out does not narrow; a list takes in fewer where an item is gone. */
const narrower = ({ population: before }: CoverageRequirement, { population: after }: CoverageRequirement) =>
  (['accounts', 'roles', 'domains', 'policies'] as const).filter(member => {
    const [from, to]: readonly (readonly string[] | undefined)[] = [before[member], after[member]]
    if (to === undefined) return false
    if (from === undefined) return member !== 'accounts' || to.length < 2
    const kept = new Set(to.map(item => item.toLowerCase()))
    return from.some(item => !kept.has(item.toLowerCase()))
  })
