import { count } from '../../diagnostics/wording.ts'
import type { Validity } from '../../evidence/field-state.ts'
import { kindNamed } from '../../kinds/index.ts'
import type { Live, LiveObject } from '../../kinds/live.ts'
import { valueAt } from '../../kinds/path.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { formatAddress } from '../../model/address.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { parseDuration } from '../../model/duration.ts'
import type { LiveField } from '../../model/evidence.ts'
import type { LedgerState } from '../ledger-state.ts'
import { authenticationPolicies, externalUserPolicies } from '../live-objects.ts'
import { validityOf } from '../read-live.ts'
import { staleByEvents } from '../stale-by-events.ts'
import { ok, warning } from './check.ts'

/** How long before its end evidence is to be renewed. */
const warnDays = 14

/** The kinds whose settings rest on evidence, and what their checks are called. */
const evidenced = {
  AuthenticationPolicy: 'evidence-authentication',
  ExternalUserPolicy: 'evidence-external-user',
} as const

/** How many console settings of the documents have current evidence, kind by kind. As far as the ledger tells: what only live accounts show is not read for this. */
export function evidenceChecks(desired: Desired, state: LedgerState, now: Date): readonly DoctorCheck[] {
  const validity = validityOf(desired, now)
  const objects = new Map(knownOf(desired, state, validity).map(object => [formatAddress(object.address), object]))
  return (Object.keys(evidenced) as readonly (keyof typeof evidenced)[]).flatMap(kind => {
    const fields = desired[kind].flatMap((resource): readonly Stated[] =>
      statedFields(resource, objects.get(formatAddress(resource.address))),
    )
    return fields.length === 0 ? [] : [checkOf(evidenced[kind], fields, validity)]
  })
}

/** A console setting that a document holds, and what is known of it. */
interface Stated {
  readonly known: LiveField
  readonly exported: boolean
}

function knownOf(desired: Desired, state: LedgerState, validity: Validity): readonly LiveObject[] {
  const bindings = { ids: new Map(Object.entries(state.bindings)), names: new Map<string, never>() }
  const objects = [
    ...authenticationPolicies(desired.AuthenticationPolicy, [], bindings, state, validity),
    ...externalUserPolicies(desired.ExternalUserPolicy, state, validity),
  ]
  return staleByEvents({ ...nothingLive, objects }, state.audit.events).objects
}

const nothingLive: Live = {
  organization: { id: '', name: '' },
  at: '',
  objects: [],
  undeclared: [],
  accounts: [],
  externals: [],
  others: [],
  tokens: undefined,
  activity: new Map(),
  domains: [],
  groupsOf: new Map(),
  policyNames: new Map(),
  namedElsewhere: [],
}

const statedFields = ({ kind, spec }: Resource, object: LiveObject | undefined): readonly Stated[] =>
  Object.entries(kindNamed(kind).fields).flatMap(([path, field]) =>
    field.channel !== 'console' ||
    path === 'name' ||
    field.compare === 'declared' ||
    field.compare === 'membership' ||
    valueAt(spec, path) === undefined
      ? []
      : [{ known: object?.fields[path] ?? { state: 'unknown' }, exported: field.export !== undefined }],
  )

function checkOf(check: string, fields: readonly Stated[], { now, expiresAfter }: Validity): DoctorCheck {
  const life = (parseDuration(expiresAfter) ?? 0) * 60_000
  const endsSoon = ({ known }: Stated): boolean =>
    known.state === 'known' && Date.parse(known.evidence.at) + life - now.getTime() < warnDays * 86_400_000
  const current = fields.filter(({ known }) => known.state === 'known')
  const stale = fields.filter(({ known }) => known.state === 'stale')
  const unknown = fields.filter(({ known }) => known.state === 'unknown')
  const ending = current.filter(endsSoon)
  const summary = [
    `${current.length} of ${count(fields.length, 'setting')} with current evidence`,
    ...(unknown.length === 0 ? [] : [`${unknown.length} without any`]),
    ...(stale.length === 0 ? [] : [`${stale.length} stale`]),
    ...(ending.length === 0 ? [] : [`${ending.length} expiring within ${warnDays} days`]),
  ].join(', ')
  const renew = [...unknown, ...stale, ...ending]
  return renew.length === 0 ? ok(check, summary) : warning(check, summary, howToRenew(renew))
}

/** An export is less work and less to get wrong than a look at each page. */
function howToRenew(fields: readonly Stated[]): string {
  const exported = fields.filter(field => field.exported).length
  const others = fields.length - exported
  const observe = 'Export members in the console, then `postern observe members.csv`'
  const attest = `\`postern attest\` asks for each`
  if (exported === 0) return attest
  return others === 0 ? observe : `${observe}; for the other ${others}: ${attest}`
}
