import { compareText } from '../model/address.ts'
import type { DiagnosticDocument, Severity } from '../model/diagnostic-document.ts'
import { driftClasses, type Actor, type DriftDifference, type DriftReport, type LifeLeft } from '../model/drift.ts'
import { grouped } from '../model/grouped.ts'
import { isObject, type Json } from '../model/json.ts'
import { count } from '../diagnostics/wording.ts'
import { timeWords } from './coverage-words.ts'
import { age, valueWords } from './evidence-words.ts'
import { forTerminal } from './harmless.ts'
import { asFarAs, lastReadWords } from './reading-words.ts'

// What stands here is plain text: whoever prints it makes it harmless for the output.

interface ClassWords {
  /** How urgent it is. */
  readonly severity: Severity
  readonly title: string
  readonly meaning: string
  /** What can be done about it. */
  readonly hint: string
}

const bothWays = '`postern apply` puts the declared state back, `postern drift --accept` takes the live one over'
const lookAtThePage = 'look at the page in the console, then `postern attest` what it shows'

const classes: Readonly<Record<string, ClassWords>> = {
  'changed-outside': {
    severity: 'error',
    title: 'Changed outside',
    meaning: 'the organization moved, git did not',
    hint: bothWays,
  },
  conflict: {
    severity: 'error',
    title: 'Conflict',
    meaning: 'the organization and git both moved',
    hint: bothWays,
  },
  pending: {
    severity: 'note',
    title: 'Pending',
    meaning: 'git moved on, the organization did not follow yet',
    hint: '`postern apply` carries it out',
  },
  new: {
    severity: 'warning',
    title: 'New',
    meaning: 'not seen by the last complete check',
    hint: '`postern explain` says which policy holds for an account',
  },
  vendor: {
    severity: 'warning',
    title: 'In an unknown form',
    meaning: 'the API serves it in a form that Postern does not know',
    hint: 'look at it in the console; a newer version of Postern may know it',
  },
  settling: {
    severity: 'note',
    title: 'Settling',
    meaning: 'the change is still taking effect',
    hint: 'check again later',
  },
  stale: {
    severity: 'warning',
    title: 'Stale',
    meaning: 'what was seen of it counts no more',
    hint: lookAtThePage,
  },
  unverified: {
    severity: 'note',
    title: 'Unverified',
    meaning: 'nothing shows what it is',
    hint: lookAtThePage,
  },
} satisfies Readonly<Record<(typeof driftClasses)[number], ClassWords>>

/** What a class of differences is, with or without a history. One that nobody here has heard of needs attention, and is shown as it came. */
export function driftClassWords(name: string, history = true): ClassWords {
  const known = Object.hasOwn(classes, name) ? classes[name] : undefined
  if (known === undefined)
    return {
      severity: 'warning',
      title: `Of the class ${name}`,
      meaning: 'this version of Postern does not know it',
      hint: 'it needs attention; a newer version of Postern may know it',
    }
  // Without a history everything that differs is pending, whoever moved.
  return name === 'pending' && !history ? { ...known, meaning: 'declared and live differ', hint: bothWays } : known
}

/** Classes of evidence rather than of a difference that is known: there are many of them on the first day. */
export const isAboutEvidence = ({ class: name }: DriftDifference): boolean => name === 'stale' || name === 'unverified'

/** Differences that count, by class, the most urgent first. */
export function openByClass(
  differences: readonly DriftDifference[],
): readonly (readonly [string, readonly DriftDifference[]])[] {
  const open = differences.filter(({ exception }) => exception === undefined)
  const byClass = grouped<DriftDifference>(open, ({ class: name }) => name)
  const known: readonly string[] = driftClasses
  const unknown = [...byClass.keys()].filter(name => !known.includes(name)).sort(compareText)
  // What is not known needs attention (design 12): after what is wrong for certain, before what can wait.
  return ['changed-outside', 'conflict', ...unknown, ...known.slice(2)].flatMap(name => {
    const found = byClass.get(name)
    return found === undefined ? [] : [[name, found] as const]
  })
}

/** What it is about: `AuthenticationPolicy “Staff” settings.apiTokens`, and for which account. */
export const subjectWords = ({ kind, name, path, account }: Omit<DriftDifference, 'class'>): string =>
  [`${kind} “${name}”`, ...(path === '' ? [] : [path]), ...(account === undefined ? [] : [`of ${account.email}`])].join(
    ' ',
  )

/** What is declared, what is live, and for a conflict what was last applied: `declared block ↔ live allow`. */
export function valuesWords(difference: DriftDifference, shown: (value: string) => string = shortened): string {
  const { class: name, path, expected, live, applied } = difference
  const words = (value: Json | undefined) =>
    shown(path === '' && isObject(value) ? 'there' : forTerminal(valueWords(value)))
  const seen = name === 'stale' ? 'last seen' : 'live'
  return [
    ...(expected === undefined ? [] : [`declared ${words(expected)} ↔ `]),
    `${seen} ${words(live)}`,
    ...(name === 'conflict' && applied !== undefined ? [`; last applied ${words(applied)}`] : []),
  ].join('')
}

/** A text of at most so many characters; none is cut in half. */
export const shortened = (text: string, most = 200): string =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text

/** A person or app: `bo@acme.com (Bo)`. */
export function actorWords({ id, name, email }: Actor): string {
  const first = email ?? name ?? id ?? 'somebody whom the event does not name'
  return name === undefined || name === first ? first : `${first} (${name})`
}

/** Who did it, when, the event and the address of origin, as far as they are known; empty where nothing is. */
export const whoWhenWords = ({ class: name, actor, at, eventId, from }: DriftDifference): string =>
  [
    ...(actor === undefined ? [] : [`by ${actorWords(actor)}`]),
    ...(at === undefined ? [] : [`${name === 'new' ? 'added ' : ''}${timeWords(at)}`]),
    ...(eventId === undefined ? [] : [`event ${eventId}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
  ].join(', ')

/** Why it is what it is, where the class does not say it already. */
export const whyWords = ({ class: name, why = '' }: DriftDifference): string =>
  why === driftClassWords(name).meaning ? '' : why

/** The exception that silences a difference. */
export const exceptionWords = ({ name, owner, expires }: NonNullable<DriftDifference['exception']>): string =>
  `excepted by “${name}”, owner ${owner}, until ${expires}`

/** Why it is not known who moved. */
export const noHistoryWords = 'The ledger does not know what was last applied, so it cannot be told who moved.'

/** When a check was last complete, and when everything was last read where that was before. Without a time to compare it with it is shown as it is. */
export function lastCompleteWords(report: DriftReport, now?: Date): string {
  const { lastCompleteAt } = report
  if (lastCompleteAt === null) return 'never, as far as the ledger knows'
  return [checkWords(lastCompleteAt, now), lastReadWords(report, now)].filter(words => words !== '').join('; ')
}

function checkWords(at: string, now: Date | undefined): string {
  if (now === undefined || Number.isNaN(Date.parse(at))) return timeWords(at)
  const ago = age(at, now)
  return ago === 'now' ? ago : `${timeWords(at)}, ${ago} ago`
}

/** `3 differences: 2 changed-outside, 1 pending`. What could not be looked at is never in sync, and what the audit log told is labelled so. */
export function driftTally(report: DriftReport): string {
  const { complete, differences } = report
  const open = openByClass(differences)
  const all = open.reduce((sum, [, found]) => sum + found.length, 0)
  const excepted = differences.length - all
  const parts = open.map(([name, found]) => `${found.length} ${name}`).join(', ')
  const silenced = excepted === 0 ? '' : `; ${excepted} excepted`
  const part = complete ? '' : ' in what could be read'
  if (all > 0) return `${count(all, 'difference')}${part}: ${parts}${silenced}`
  return `${complete ? `No drift${asFarAs(report)}` : `No difference${part}`}${silenced}`
}

/** How long something goes on to work: `API key “postern”: 97 days left, until 2027-03-01`. */
export function lifeWords({ what, name, expires, days }: LifeLeft): string {
  const left = days < 0 ? 'ended' : days === 0 ? 'less than a day left, until' : `${count(days, 'day')} left, until`
  return `${what === 'api-key' ? 'API key' : what} “${name}”: ${left} ${timeWords(expires)}`
}

/** Days from which on somebody has to see to it. */
export const soon = 30

/** Why a domain needs somebody to look at it. */
export const domainWords = ({ domain, state, status, accounts = 0 }: DriftReport['domains'][number]): string =>
  state === 'lapsed'
    ? `${domain}: not verified any more${status === undefined ? '' : ` (${status})`}`
    : `${domain}: verified, and ${count(accounts, 'account')} on it not claimed`

/** A difference as a diagnostic at the line that governs it, for outputs that point there. */
export function differenceDiagnostic(difference: DriftDifference, history: boolean): DiagnosticDocument {
  const { class: name, source, exception } = difference
  const { severity, meaning, hint } = driftClassWords(name, history)
  const parts = [
    valuesWords(difference),
    whoWhenWords(difference),
    whyWords(difference),
    exception === undefined ? '' : exceptionWords(exception),
  ]
  return {
    code: `drift/${forTerminal(name)}`,
    severity,
    summary: forTerminal(`${subjectWords(difference)}: ${meaning}: ${parts.filter(part => part !== '').join('; ')}`),
    hint,
    ...(source !== undefined && { file: source.file, line: source.line, column: source.column }),
  }
}
