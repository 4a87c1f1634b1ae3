import { externalPropagation } from '../kinds/external-membership.ts'
import type { CoverageLevel } from '../model/coverage.ts'
import type { Evidence, LiveField } from '../model/evidence.ts'
import { textOf, type Json } from '../model/json.ts'
import type { MfaDeclarations } from './mfa-declaration.ts'
import type { PolicyView } from './policy-view.ts'
import { externalPolicy, type Reason } from './reasons.ts'

/** The level that a policy makes an account pass, why it is no higher, and what that rests on. */
export interface Verdict {
  readonly level: CoverageLevel
  readonly reasons: readonly Reason[]
  readonly evidence: readonly Evidence[]
}

/** What a verdict depends on besides the policy. */
export interface VerdictContext {
  readonly now: Date
  readonly mfa: MfaDeclarations
}

const singleSignOn = 'settings.singleSignOn'
const twoStep = 'settings.twoStepVerification'
const provider = 'settings.identityProvider'
const method = 'settings.authorizationMethod'

/** The apps that the external user policy covers (ref 5.2: Confluence, Jira, Jira Product Discovery, Jira Service Management). Keys are **inferred**. */
const coveredApps: ReadonlySet<string> = new Set([
  'confluence',
  'jira',
  'jira-core',
  'jira-software',
  'jira-work-management',
  'jira-service-management',
  'jira-servicedesk',
  'jira-product-discovery',
])

export const isCovered = (app: string): boolean => coveredApps.has(app.toLowerCase())

/** What a managed account must pass. Undefined `view`: the policy it is in is not known. */
export function managedVerdict(
  view: PolicyView | undefined,
  mfaEnabled: boolean | undefined,
  { mfa, now }: VerdictContext,
): Verdict {
  if (view === undefined) return { level: 'none', reasons: [{ code: 'policy-unknown' }], evidence: [] }
  const { name, directoryProvider } = view
  const sso = current(view, singleSignOn)
  const steps = current(view, twoStep)
  const lastSso = lastSeen(view, singleSignOn)
  const lastSteps = lastSeen(view, twoStep)
  // The console cannot show “mandatory” under enforced single sign-on: of the two, the newer one is so. A stale one proves nothing, but goes on to
  // speak against the other: otherwise a level would rise when evidence ends.
  const outlived = lastSteps?.value === 'mandatory' && isNewer(lastSteps, lastSso)
  const enforced = lastSso?.value === 'enforced' && !outlived
  if (enforced && sso !== undefined) return throughProvider(view, sso, mfa, 'none')
  if (!enforced && steps?.value === 'mandatory') return { level: 'two-step', reasons: [], evidence: [steps.evidence] }

  const impossible = directoryProvider === null && lastSso?.value !== 'enforced'
  const reasons = unproven(view, [
    ...(sso === undefined && !impossible ? [{ path: singleSignOn, label: 'Single sign-on' }] : []),
    ...(steps === undefined ? [{ path: twoStep, label: 'Two-step verification' }] : []),
  ])
  const evidence = [...(sso ? [sso.evidence] : []), ...(steps ? [steps.evidence] : [])]
  if (mfaEnabled !== true) {
    return { level: 'none', reasons: reasons.length > 0 ? reasons : [{ code: 'not-asked', policy: name }], evidence }
  }
  // Under enforced single sign-on the flag says nothing (ref 2.2): it counts only where that is known not to be so.
  return sso?.value === 'off' || impossible
    ? {
        level: 'optional',
        reasons: [{ code: 'by-choice', policy: name }, ...reasons],
        evidence: [...evidence, { path: 'mfaEnabled', from: 'api', at: now.toISOString() }],
      }
    : { level: 'none', reasons: [...reasons, { code: 'flag-may-not-count' }], evidence }
}

/** What an external account must pass by one of the two external user policies. Its own two-step verification never counts (ref 2.2). */
export function externalVerdict(
  view: PolicyView,
  products: readonly string[] | undefined,
  context: VerdictContext,
): Verdict {
  const uncovered = (products ?? []).filter(app => !isCovered(app))
  const asked = authorization(view, context)
  const unsure: readonly Reason[] = products === undefined && asked.level !== 'none' ? [{ code: 'apps-unknown' }] : []
  if (uncovered.length === 0) return { ...asked, reasons: [...asked.reasons, ...unsure] }
  return {
    level: 'none',
    reasons: [{ code: 'uncovered-app', apps: uncovered }, ...asked.reasons],
    evidence: asked.evidence,
  }
}

function authorization(view: PolicyView, { now, mfa }: VerdictContext): Verdict {
  const asked = current(view, method)
  if (asked === undefined) return { level: 'none', reasons: unproven(view, [authorizationMethod]), evidence: [] }
  const evidence = [asked.evidence]
  if (asked.value === 'none')
    return { level: 'none', reasons: [{ code: 'no-authorization', policy: view.name }], evidence }
  const holdsFrom = Date.parse(asked.evidence.since ?? asked.evidence.at) + externalPropagation
  if (now.getTime() < holdsFrom) {
    const until = new Date(holdsFrom).toISOString()
    return { level: 'none', reasons: [{ code: 'propagation', policy: view.name, until }], evidence }
  }
  if (asked.value === 'single-sign-on') return throughProvider(view, asked, mfa, 'step-up')
  return asked.value === 'one-time-passcode'
    ? { level: 'step-up', reasons: [{ code: 'emailed-passcode' }], evidence }
    : { level: 'none', reasons: unproven(view, [authorizationMethod]), evidence }
}

/** Single sign-on is a second factor where the identity provider is declared to ask for one; otherwise it is `weaker`. */
function throughProvider(view: PolicyView, sso: Known, mfa: MfaDeclarations, weaker: 'none' | 'step-up'): Verdict {
  const [providers, evidence] = providersOf(view)
  const found = providers.map(name => ({ name, ...mfa(name) }))
  const short = found.find(({ enforced }) => enforced !== 'yes')
  const proofs = [sso.evidence, ...evidence, ...found.flatMap(({ evidence: proof }) => proof ?? [])]
  if (found.length > 0 && short === undefined) {
    const undated = found.flatMap(({ name, undated: without }): readonly Reason[] =>
      without === true ? [{ code: 'mfa-undated', provider: name }] : [],
    )
    const declared: readonly Reason[] =
      evidence.length > 0 ? [] : found.map(({ name }) => ({ code: 'provider-of-directory', provider: name }))
    return { level: 'sso-mfa', reasons: [...undated, ...declared], evidence: proofs }
  }
  const reason: Reason =
    short === undefined
      ? { code: 'provider-unknown' }
      : { code: shortfall[short.enforced === 'yes' ? 'no' : short.enforced], provider: short.name }
  const stepUp: readonly Reason[] =
    weaker === 'step-up' ? [{ code: 'sso-step-up', provider: found[0]?.name ?? 'an identity provider' }] : []
  return { level: weaker, reasons: [...stepUp, reason], evidence: proofs }
}

const shortfall = { no: 'mfa-not-enforced', expired: 'mfa-expired', undeclared: 'mfa-undeclared' } as const

/** The identity provider by current evidence; else that of the directory, together with what older evidence says. */
function providersOf(view: PolicyView): readonly [readonly string[], readonly Evidence[]] {
  const field = view.fields[provider]
  if (field?.state === 'known') return [[textOf(field.value)], [field.evidence]]
  const older = field?.state === 'stale' ? [textOf(field.value)] : []
  const own = view.directoryProvider === undefined || view.directoryProvider === null ? [] : [view.directoryProvider]
  // A single name that is only remembered is no evidence of today's.
  return own.length === 0 ? [[], []] : [[...new Set([...own, ...older])], []]
}

type Seen = Exclude<LiveField, { state: 'unknown' }>

function lastSeen({ fields }: PolicyView, path: string): Seen | undefined {
  const field = fields[path]
  return field === undefined || field.state === 'unknown' ? undefined : field
}

const isNewer = (one: Seen, other: Seen | undefined): boolean => other === undefined || newness(one) > newness(other)

/** What a document brings comes after everything that was seen. */
const newness = ({ evidence: { from, at } }: Seen): number => (from === 'declaration' ? Infinity : Date.parse(at))

type Known = Extract<LiveField, { state: 'known' }> & { readonly value: Json }

function current({ fields }: PolicyView, path: string): Known | undefined {
  const field = fields[path]
  return field?.state === 'known' ? field : undefined
}

const authorizationMethod = { path: method, label: 'Authorization method' }

/** Settings that nothing current shows: those of which nothing is known together, and each that was known with why it does not count. */
function unproven(
  { fields, name, kind }: PolicyView,
  settings: readonly { readonly path: string; readonly label: string }[],
): readonly Reason[] {
  const policy = kind === 'ExternalUserPolicy' ? (externalPolicy[name] ?? name) : name
  const never = settings.filter(({ path }) => fields[path]?.state !== 'stale').map(({ label }) => label)
  return [
    ...(never.length === 0 ? [] : [{ code: 'unproven' as const, labels: never, policy }]),
    ...settings.flatMap(({ path, label }): readonly Reason[] => {
      const field = fields[path]
      return field?.state === 'stale' ? [{ code: 'unproven', labels: [label], policy, because: field.because }] : []
    }),
  ]
}
