import { count, some } from '../../diagnostics/wording.ts'
import { isKindName, kindNamed } from '../../kinds/index.ts'
import { valueAt } from '../../kinds/path.ts'
import { formatAddress } from '../../model/address.ts'
import { coverageLevels } from '../../model/coverage.ts'
import type { Direction, Step } from '../../model/plan.ts'
import { textOf } from '../../model/json.ts'
import { directionOf } from '../direction.ts'
import { objectDirection } from '../make-steps.ts'
import { weakened } from '../weakened.ts'
import { approved } from './approved.ts'
import type { Documents, Guard, RunInput } from './guard.ts'
import { accountsOf } from './share.ts'

/** What makes the organization less safe takes a second person. */
export const loosens: Guard<RunInput> = {
  code: 'loosens',
  liftable: true,
  counts: step =>
    step.action === 'delete' || step.direction === 'loosens' || (step.direction === 'unknown' && couldLoosen(step)),
  judge(input) {
    const { steps, documents, lastApplied, now, protections } = input
    const found = [
      ...new Set([
        ...steps.flatMap(step => loosening(step, documents)),
        ...weakened(lastApplied, documents, now),
        ...fallingLevels(input),
      ]),
    ]
    if (found.length === 0) return { status: 'passed', summary: 'nothing loosens security, as far as known' }
    const rest = found.length - shown
    const so = `the plan loosens security: ${found.slice(0, shown).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`
    const needed = protections.approvals.loosening
    return needed === undefined
      ? {
          status: 'blocks',
          summary: so,
          otherwise: 'declare `approvals.loosening`, so that a second person is asked',
        }
      : approved(needed, so, input)
  },
}

const shown = 5

/** What a step loosens, in the words in which two documents are compared: what a document and its step both say is said once. */
function loosening(step: Step, documents: Documents): readonly string[] {
  const direction = directionNow(step, documents)
  if (direction === 'loosens') {
    const changes = looserChanges(step)
    return changes.length > 0 ? changes : [`\`${step.id}\`${whom(step)}`]
  }
  return direction === 'unknown' && couldLoosen(step)
    ? [`\`${step.id}\`${whom(step)} may: what it comes to cannot be told`]
    : []
}

const whom = ({ accounts = [] }: Step): string =>
  accounts.length === 0 ? '' : ` for ${some(accounts.map(({ account }) => account.email))}`

function looserChanges({ kind, name, action, changes }: Step): readonly string[] {
  if (action === 'delete' || !isKindName(kind)) return []
  const { fields } = kindNamed(kind)
  return changes.flatMap(({ path, before, after }) => {
    const field = fields[path]
    return field !== undefined && before !== undefined && directionOf(field, before, after) === 'loosens'
      ? [`\`${path}\` of \`${formatAddress({ kind, name })}\` goes from ${textOf(before)} to ${textOf(after)}`]
      : []
  })
}

/**
 * Of what a step does to an object, its changes tell, whatever a file claims. Who moves where is judged by what was known of both policies when the plan was
 * made, and by the documents where those say that it loosens.
 */
function directionNow(step: Step, documents: Documents): Direction {
  const { action, kind, channel, changes, direction } = step
  if (action === 'restore') return 'loosens'
  if (action === 'suspend') return 'tightens'
  if (action === 'move') return loosensByDocuments(step, documents) ? 'loosens' : direction
  if (!isKindName(kind)) return direction
  // Nothing goes through the API to be confirmed only.
  return objectDirection(kind, action === 'confirm' && channel === 'api' ? 'update' : action, changes)
}

/** Whether the document of a policy that is entered is looser in some setting than that of one that is left. */
function loosensByDocuments({ kind, name, accounts = [] }: Step, documents: Documents): boolean {
  const into = documents[formatAddress({ kind, name })]
  if (into === undefined || !isKindName(kind)) return false
  const { fields } = kindNamed(kind)
  return [...new Set(accounts.map(({ from }) => from))].some(from => {
    const left = documents[formatAddress({ kind, name: from })]
    return Object.entries(fields).some(([path, field]) => {
      const [before, after] = [valueAt(left ?? {}, path), valueAt(into, path)]
      return before !== undefined && after !== undefined && directionOf(field, before, after) === 'loosens'
    })
  })
}

const couldLoosen = ({ action, channel }: Step): boolean => action !== 'confirm' || channel === 'api'

/** Levels that fewer accounts reach than before, those aside whose access ends. */
function fallingLevels({ coverage: { before, after }, steps }: RunInput): readonly string[] {
  const suspended = accountsOf(steps, 'suspend').size
  const reaching = (levels: Readonly<Record<string, number>>, from: number): number =>
    coverageLevels.slice(from).reduce((sum, level) => sum + (levels[level] ?? 0), 0)
  const [lost] = coverageLevels
    .map((level, rank) => ({ level, fall: reaching(before.levels, rank) - reaching(after.levels, rank) - suspended }))
    .slice(1)
    .filter(({ fall }) => fall > 0)
    .sort((a, b) => b.fall - a.fall)
  return lost === undefined ? [] : [`${count(lost.fall, 'account')} would no longer pass \`${lost.level}\``]
}
