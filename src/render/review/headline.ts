import type { GuardResult, Impact, Plan, Step } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import { forTerminal } from '../harmless.ts'
import { noLongerMet } from '../no-longer-met.ts'
import { coverageShare, shareWords } from './coverage-share.ts'
import { partsOf } from './parts-of.ts'
import { shortEmails } from './short-email.ts'

/**
 * A plan in one line of plain text, for a title, an output or the first line of a comment: `2 loosened, 5 tightened, 14 people asked for a passcode,
 * coverage 91.2 % → 99.4 %`. With a base it counts what the change brings, what it weakens first.
 */
export function planHeadline(plan: Plan): string {
  const { own, before } = partsOf(plan)
  const withdrawn = plan.base?.withdrawn.length ?? 0
  const found = [...weakenedWords(plan), ...stepWords(own.map(({ step }) => step))]
  const brings =
    found.length > 0 ? found : [before.length > 0 || withdrawn > 0 ? 'this change adds nothing' : 'nothing to change']
  const people = own.length > 0 ? peopleWords(plan.impact) : []
  // Who notices is known of the whole plan only.
  const mixed = before.length > 0 && people.length > 0
  const sentence = [
    ...brings,
    ...(withdrawn === 0 ? [] : [`${count(withdrawn, 'pending step')} taken back`]),
    ...(mixed ? [] : people),
    ...coverageWords(plan),
  ].join(', ')
  const rest = [
    ...(mixed ? [`with what was pending before: ${people.join(', ')}`] : []),
    ...(before.length === 0 || mixed ? [] : [`${count(before.length, 'step')} pending before`]),
  ]
  const line = [sentence, ...rest].join('; ')
  const blocked = blockedBy(plan)
  return blocked === '' ? `${line.slice(0, 1).toUpperCase()}${line.slice(1)}` : `${blocked}: ${line}`
}

function blockedBy({ guards, base }: Plan): string {
  const blocks = guards.filter(({ status }) => status === 'blocks')
  if (blocks.length === 0) return ''
  const isOld = ({ code }: GuardResult) =>
    base?.guards.some(guard => guard.code === code && guard.origin === 'before') === true
  const own = blocks.filter(guard => !isOld(guard))
  const codes = (own.length > 0 ? own : blocks).slice(0, 5).map(({ code }) => shortName(code))
  return `Blocked by ${codes.join(', ')}${own.length > 0 ? '' : ', as before this change'}`
}

/** A name as one of several in a line. */
const shortName = (name: string): string => forTerminal(shortEmails(name).slice(0, 60))

/** What no step counts: requirements that are not met because of the change, and what its documents protect less. */
function weakenedWords(plan: Plan): readonly string[] {
  const unmet = noLongerMet(plan)
  const named = unmet.slice(0, 2).map(({ name }) => `“${shortName(name)}”`)
  const rest = unmet.length - named.length
  const weakens = plan.base?.weakens.length ?? 0
  return [
    ...(unmet.length === 0
      ? []
      : [
          `${unmet.length === 1 ? 'requirement' : 'requirements'} ${named.join(rest > 0 ? ', ' : ' and ')}${rest > 0 ? ` and ${rest} more` : ''} no longer met`,
        ]),
    ...(weakens === 0 ? [] : [`${weakens} weakened in the documents`]),
  ]
}

/** Steps by what they do to security; what is only to be looked at is counted last. */
export function stepWords(steps: readonly Step[]): readonly string[] {
  const changes = steps.filter(({ action }) => action !== 'confirm')
  const toward = (direction: Step['direction']) => changes.filter(step => step.direction === direction).length
  const counted = [
    [toward('loosens'), 'loosened'],
    [toward('unknown'), 'may loosen'],
    [toward('tightens'), 'tightened'],
    [toward('neutral'), 'otherwise changed'],
    [steps.length - changes.length, 'to confirm'],
  ] as const
  return counted.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]))
}

const happens: Readonly<Record<string, string>> = {
  suspended: 'lose access',
  restored: 'get access back',
  'asked-for-passcode': 'asked for a passcode',
  'asked-for-two-step': 'asked for two-step verification',
  'asked-for-sso': 'sent to single sign-on',
  'no-longer-asked': 'no longer asked for a second factor',
  'loses-tokens': 'lose API tokens',
  'becomes-billable': 'become billable',
}

/** People by what they notice. Where it may be so already, no more than so many. */
const peopleWords = (impact: readonly Impact[]): readonly string[] =>
  Object.entries(happens).flatMap(([code, words]) => {
    const found = impact.filter(one => one.code === code)
    const people = new Set(found.flatMap(({ accounts }) => accounts.map(({ accountId, email }) => accountId ?? email)))
      .size
    if (people === 0) return []
    const verb = people === 1 ? words.replace(/^(lose|get|become)\b/, '$1s') : words
    return [`${found.every(({ certain }) => certain) ? '' : 'up to '}${count(people, 'person', 'people')} ${verb}`]
  })

function coverageWords({ coverage: { before, after }, base }: Plan): readonly string[] {
  if (coverageShare(before) === undefined && coverageShare(after) === undefined) return []
  const [now, then] = [shareWords(before), shareWords(after)]
  // What was pending raises it, too: this change is given no credit for that.
  const without = base === undefined || base.unknown !== undefined ? undefined : shareWords(base.coverage)
  const aside =
    without === undefined || without === now ? '' : ` (${without === then ? 'the same' : without} without this change)`
  return [`coverage ${now === then ? now : `${now} → ${then}`}${aside}`]
}
