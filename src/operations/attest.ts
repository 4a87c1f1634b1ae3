import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { fieldState, mergeFacts, type Validity } from '../evidence/field-state.ts'
import { choicesOf, readValue, schemaOf } from '../evidence/read-value.ts'
import { consoleFieldsOf } from '../kinds/console-fields.ts'
import { kindNamed } from '../kinds/index.ts'
import { valueAt } from '../kinds/path.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { formatAddress, parseAddress } from '../model/address.ts'
import type { Fact, LiveField } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { refusalOf } from '../policy/check-value.ts'
import { nearest } from '../policy/nearest.ts'
import { attestationRules, takeAttestersCode } from './attest-consent.ts'
import { attempt } from './attempt.ts'
import { claimLedger } from './claim-ledger.ts'
import { rememberDeclarations } from './remember-declarations.ts'
import type { GivenCode } from './take-codes.ts'

export type { Resource }

/** One setting that a person can state. The desired value is not in it: it must never be offered as the answer. */
export interface Question {
  readonly address: string
  readonly path: string
  readonly label: string
  /** The values the field can have, in the words of the documents, where they can be listed. */
  readonly choices: readonly string[] | undefined
  /** What is known of it so far. */
  readonly known: LiveField
}

/** A setting and the value that was seen, as typed. */
export interface Statement {
  readonly address: string
  readonly path: string
  readonly text: string
}

/** The objects whose settings can be attested: everything declared that has settings in the console. */
export const attestable = (desired: Desired): readonly Resource[] =>
  [...desired.AuthenticationPolicy, ...desired.ExternalUserPolicy] as readonly Resource[]

/** The documents that addresses name; all that can be attested where none is named. */
export function chooseObjects(desired: Desired, addresses: readonly string[]): Outcome<readonly Resource[]> {
  const objects = attestable(desired)
  if (addresses.length === 0) return outcome(objects, [])
  const known = objects.map(({ address }) => formatAddress(address))
  const diagnostics: Diagnostic[] = []
  const chosen = addresses.flatMap(text => {
    const address = parseAddress(text)
    // A bare name is enough where only one kind has it.
    const named = objects.filter(
      object => formatAddress(object.address) === text || (address === undefined && object.address.name === text),
    )
    const [only] = named
    if (only !== undefined && named.length === 1) return [only]
    const suggestion = nearest(text, known)
    diagnostics.push(
      diagnostic('evidence/unknown-object', {
        address: text,
        known,
        ...(suggestion !== undefined && { near: suggestion }),
      }),
    )
    return []
  })
  return outcome(chosen, diagnostics)
}

/**
 * The settings of an object that only a person can see: those that its document manages, and with `all` those that it leaves out as well, which is how they get into
 * a document in the first place.
 */
export function questions(
  { kind, spec, address }: Resource,
  facts: readonly Fact[],
  validity: Validity,
  scope: 'managed' | 'all' = 'managed',
): readonly Question[] {
  const { schema } = kindNamed(kind)
  const own = facts.filter(fact => formatAddress(fact.address) === formatAddress(address))
  return consoleFieldsOf(address).flatMap(([path, { label }]) => {
    if (scope === 'managed' && valueAt(spec, path) === undefined) return []
    const known = fieldState(
      own.filter(fact => fact.path === path),
      validity,
    )
    return [{ address: formatAddress(address), path, label, choices: choicesOf(schemaOf(schema, path)), known }]
  })
}

/** What attest records, and on whose word. */
export interface AttestOptions {
  readonly desired: Desired
  readonly ledger: Ledger
  readonly statements: readonly Statement[]
  readonly by: string
  readonly now: Date
  /** The one-time code of `by` and what it is checked with: needed where the documents demand one. */
  readonly code?: Omit<GivenCode, 'approver'> | undefined
}

/** Records what a person saw in the console. All statements or none. */
export async function attest({
  desired,
  ledger,
  statements,
  by,
  now,
  code,
}: AttestOptions): Promise<Outcome<readonly Fact[]>> {
  if (statements.length === 0) return failed(diagnostic('evidence/nothing-attested', {}))
  const checked = statements.map(statement => factOf(desired, statement, by, now))
  const diagnostics = checked.flatMap(fact => fact.diagnostics)
  if (diagnostics.some(isError)) return failed(...diagnostics)
  const facts = checked.flatMap(fact => (fact.ok ? [fact.value] : []))
  const { spec: organization } = desired.organization
  const rules = await attestationRules(ledger, organization)
  if (!rules.ok) return rules
  const claimed = await attempt(() => claimLedger(ledger, { name: organization.name, id: organization.id }))
  if (!claimed.ok) return claimed
  const consented = await takeAttestersCode(by, code, { rules: rules.value, ledger, now })
  if (!consented.ok) return consented
  const written = await attempt(async () => {
    await ledger.update('evidence', before => ({ facts: mergeFacts(before?.facts ?? [], facts, now) }))
    const ids = idsOf(desired, facts)
    if (Object.keys(ids).length > 0)
      await ledger.update('bindings', before => ({ policies: { ...before?.policies, ...ids } }))
    await rememberDeclarations(ledger, organization, now)
  })
  return written.ok ? outcome(facts, diagnostics) : failed(...written.diagnostics)
}

/** The ids of the policies that facts are about, by their names: what was stated of one counts for it under its next name, too. */
const idsOf = ({ AuthenticationPolicy }: Desired, facts: readonly Fact[]): Readonly<Record<string, string>> => {
  const stated = new Set(facts.map(({ address }) => formatAddress(address)))
  return Object.fromEntries(
    AuthenticationPolicy.flatMap(({ address, spec: { name, id } }) =>
      id !== undefined && stated.has(formatAddress(address)) ? [[name, id]] : [],
    ),
  )
}

function factOf(desired: Desired, { address, path, text }: Statement, by: string, now: Date): Outcome<Fact> {
  const chosen = chooseObjects(desired, [address])
  if (!chosen.ok) return chosen
  const [resource] = chosen.value
  if (resource === undefined) return failed()
  const value = readStatement(resource, path, text)
  return value.ok
    ? outcome(
        { address: resource.address, path, value: value.value, from: 'attestation', at: now.toISOString(), by },
        [],
      )
    : value
}

/** A typed value as a value of the field, or why it cannot be one. */
export function readStatement({ kind, address }: Resource, path: string, text: string): Outcome<Json> {
  const { fields, schema } = kindNamed(kind)
  const field = fields[path]
  const named = formatAddress(address)
  const known = Object.entries(fields).flatMap(([name, { channel, compare }]) =>
    channel === 'console' && compare !== 'declared' && name !== 'name' ? [name] : [],
  )
  if (field?.channel === 'api') return failed(diagnostic('evidence/api-field', { address: named, path }))
  if (!known.includes(path)) {
    const suggestion = nearest(path, known)
    return failed(
      diagnostic('evidence/unknown-field', {
        address: named,
        path,
        known,
        ...(suggestion !== undefined && { near: suggestion }),
      }),
    )
  }
  const value = readValue(schemaOf(schema, path), text)
  const why = refusalOf(kind, path, value)
  return why === undefined ? outcome(value, []) : failed(diagnostic('evidence/bad-value', { path, value: text, why }))
}
