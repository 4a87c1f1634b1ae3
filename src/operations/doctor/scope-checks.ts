import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Facts } from '../../diagnostics/catalogue.ts'
import { wordsOf } from '../../diagnostics/to-document.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { operationNamed, type OperationName } from '../../org/operations.ts'
import { commandOperations, scopesOf, type CalledOperation, type ConnectedCommand } from '../command-operations.ts'
import { failed, listed, notChecked, ok, warning } from './check.ts'
import type { Answers } from './probes.ts'

/** The commands, those together that call the same operations. */
export const commandGroups: readonly (readonly ConnectedCommand[])[] = (
  Object.keys(commandOperations) as readonly ConnectedCommand[]
).reduce<readonly (readonly ConnectedCommand[])[]>((groups, command) => {
  const same = groups.findIndex(([first]) => first && commandOperations[first] === commandOperations[command])
  return same === -1
    ? [...groups, [command]]
    : groups.map((group, index) => (index === same ? [...group, command] : group))
}, [])

/** What the key is asked about: each operation of a command. */
export const calledOperations: ReadonlySet<OperationName> = new Set(
  Object.values(commandOperations).flatMap(called => called.map(({ operation }) => operation)),
)

const nameOf = ([first = 'plan']: readonly ConnectedCommand[]): string => `scopes-${first}`

/**
 * Whether the key has the scopes of each command. That it lacks those of `apply` is right for a job that only reads, and so a warning, unless `apply` is among `wanted`; without `wanted` every
 * command is looked at.
 */
export const scopeChecks = (answers: Answers, wanted: readonly ConnectedCommand[] = []): readonly DoctorCheck[] =>
  groupsOf(wanted).map(group => checkOf(group, answers, wanted))

/** The same where the key could not be asked. */
export const scopesNotChecked = (why: string, wanted: readonly ConnectedCommand[] = []): readonly DoctorCheck[] =>
  groupsOf(wanted).map(group => notChecked(nameOf(group), why))

const groupsOf = (wanted: readonly ConnectedCommand[]): typeof commandGroups =>
  commandGroups.filter(group => wanted.length === 0 || group.some(command => wanted.includes(command)))

function checkOf(
  group: readonly ConnectedCommand[],
  answers: Answers,
  wanted: readonly ConnectedCommand[],
): DoctorCheck {
  const [command = 'plan'] = group
  const called: readonly CalledOperation[] = commandOperations[command]
  const check = nameOf(group)
  const who = listed(group)
  const found = called.flatMap(each => {
    const answer = answers.get(each.operation)
    if (answer === undefined || answer.state === 'answers') return []
    // What the organization may be without is told by a check of its own.
    return each.mayBeOff === true && (answer.state === 'off' || answer.state === 'refused')
      ? []
      : [{ ...each, ...answer }]
  })
  const needed = found.filter(({ without }) => without === undefined)
  const lacking = needed.filter(({ state }) => state === 'lacking')
  if (lacking.length > 0) {
    const summary = `${who}: the key lacks ${listed(scopesIn(lacking))}`
    const readOnly = command === 'apply' && !wanted.includes('apply') && lacking.every(isWriteScope)
    return readOnly
      ? warning(check, summary, `right for a key that only reads; to apply, ${newKey(command)}`)
      : failed(check, summary, newKey(command))
  }
  const [refused] = needed.filter(({ state }) => state === 'refused')
  if (refused !== undefined) {
    const { summary, hint } = wordsOf(refused.diagnostic)
    return failed(check, `${who}: ${summary}`, hint)
  }
  const [unknown] = found.filter(({ state }) => state === 'unknown')
  if (unknown !== undefined) return notChecked(check, `${who}: ${wordsOf(unknown.diagnostic).summary}`, 'try again')
  const off = needed.filter(({ state }) => state === 'off')
  if (off.length > 0)
    return warning(
      check,
      `${who}: the organization does not let anybody ${listed(off.map(wordsFor))}`,
      'this part of the API is switched off there, which usually means that it needs Atlassian Guard Standard',
    )
  const less = found.filter(({ state }) => state === 'lacking' || state === 'refused')
  if (less.length > 0)
    return warning(
      check,
      `${who}: fine, but cannot tell ${listed(unique(less.map(one => `${one.without} (${scopesIn([one]).join('')})`)))}`,
      newKey(command),
    )
  return ok(check, `${who}: ${allowed(called, answers)}`)
}

/** Only what can be tried is said to be allowed: what changes something cannot, and its scope is at best inferred from a call that needs the same one. */
function allowed(called: readonly CalledOperation[], answers: Answers): string {
  const tried = called.filter(({ operation }) => answers.has(operation))
  const untried = called.filter(({ operation }) => !answers.has(operation))
  const proven = scopesOfAll(tried)
  const inferred = scopesOfAll(untried).filter(scope => proven.includes(scope))
  const open = [
    ...scopesOfAll(untried).filter(scope => !proven.includes(scope)),
    ...untried
      .filter(({ operation }) => operationNamed(operation).scope === undefined)
      .map(one => `leave to ${wordsFor(one)}`),
  ]
  return (
    'the key may make every call that can be tried' +
    (inferred.length === 0 ? '' : `; ${listed(inferred)} is inferred from a call that changes nothing`) +
    (open.length === 0 ? '' : `; whether it has ${listed(open)} shows only in use`)
  )
}

const scopesOfAll = (called: readonly CalledOperation[]): readonly string[] =>
  unique(called.flatMap(({ operation }) => operationNamed(operation).scope ?? []))

interface Missing {
  readonly operation: OperationName
  readonly diagnostic: Diagnostic
}

/** The scopes that are missing; where none is known, what the key may not do. */
function scopesIn(missing: readonly Missing[]): readonly string[] {
  return unique(
    missing.map(one => {
      const { scopes = [] } = one.diagnostic.facts as Partial<Facts['org/missing-scope']>
      return scopes.length > 0 ? scopes.join(' or ') : `leave to ${wordsFor(one)} (no scope is documented)`
    }),
  )
}

const isWriteScope = ({ operation }: Missing): boolean => /^(write|delete):/.test(operationNamed(operation).scope ?? '')

const wordsFor = ({ operation }: { readonly operation: OperationName }): string => operationNamed(operation).words

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)].sort()

/** What it takes to do what a command does: scopes cannot be added to a key. */
export function newKey(command: ConnectedCommand): string {
  const { needed, useful } = scopesOf(command)
  return `create a new key with ${listed(needed)}` + (useful.length === 0 ? '' : `; better with ${listed(useful)} too`)
}
