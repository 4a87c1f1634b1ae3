import { breakGlassOf } from '../kinds/access-rules.ts'
import { reasonOf } from '../coverage/account-coverage.ts'
import { classOf } from '../coverage/assess.ts'
import { claimsOn, explainedSettings } from '../coverage/explain.ts'
import { notesOn, type Noting } from '../coverage/explain-notes.ts'
import { personalChanges } from '../coverage/personal-changes.ts'
import type { PolicyView } from '../coverage/policy-view.ts'
import { tokenRule } from '../coverage/token-rule.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'
import { accessSteps } from '../engine/access-steps.ts'
import { fingerprint } from '../engine/digest.ts'
import { resolveMembership } from '../engine/membership.ts'
import { turnBy } from '../engine/rollout.ts'
import { declaredTestUsers, isTestUser } from '../kinds/external-membership.ts'
import type { Activity, Live, LiveAccount } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import type { AccountClass, Bypass, ExplainReport } from '../model/coverage.ts'
import type { Span } from '../model/span.ts'
import type { OrgReader } from '../org/reader.ts'
import { attempt } from './attempt.ts'
import { reading } from './connection.ts'
import { sha256 } from './hash.ts'
import { readLedger, type LedgerState } from './ledger-state.ts'
import { measure, type Measured } from './measure.ts'
import { nearestAccounts } from './nearest-accounts.ts'
import type { PlanOptions } from './plan.ts'
import { readListing } from './read-listing.ts'
import { readLive, type LiveRead } from './read-live.ts'
import { isTaken } from './suspensions.ts'
import { loadFolder, type FolderRun, type LoadedFolder } from './validate.ts'

export interface ExplainOptions extends Omit<PlanOptions, 'allow' | 'base'> {
  readonly email: string
}

/** Says which policy holds for one account, why, what that asks of it, and what the plan changes. Reads that account only. */
export async function explain(options: ExplainOptions): Promise<FolderRun<ExplainReport>> {
  const loaded = await loadFolder(options.folder, options.now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const { value: desired, diagnostics: noticed } = loaded.result
  const read = await readOne(desired, options)
  if (!read.ok) return { loaded, outcome: failed(...noticed, ...read.diagnostics) }
  const report = explained(desired, loaded, read.value)
  const diagnostics = [...noticed, ...read.diagnostics]
  const documents = diagnostics.map(found => loaded.places.document(found))
  return { loaded, outcome: { ok: true, value: { ...report, diagnostics: documents }, diagnostics } }
}

interface One {
  readonly account: LiveAccount
  readonly managed: boolean
  readonly read: LiveRead
  readonly state: LedgerState
  readonly activity: Activity | undefined
}

async function readOne(desired: Desired, { connection, ledger, now, email }: ExplainOptions): Promise<Outcome<One>> {
  const work = await attempt(async (): Promise<Outcome<One>> => {
    const state = await readLedger(ledger)
    return reading(connection, desired.organization.spec.id, async (client): Promise<Outcome<One>> => {
      const live = await readLive(client, desired, state, now, { email })
      if (!live.ok) return live
      const isWanted = (account: LiveAccount): boolean => foldEmail(account.email) === foldEmail(email)
      const managed = live.value.live.accounts.find(isWanted)
      const account =
        managed ?? live.value.live.externals.find(isWanted) ?? (await readListing(client)).others.find(isWanted)
      // What is noticed about other accounts says nothing here: they were not read.
      const diagnostics = live.diagnostics.filter(({ code }) => aboutEverybody.has(code))
      if (account !== undefined) {
        const activity = await activityOf(client, account, live.value.live.activity.get(account.accountId))
        const value = { account, managed: managed !== undefined, read: live.value, state, activity }
        return { ok: true, value, diagnostics }
      }
      const near = await nearestAccounts(client, email)
      const domain = domainOf(email)
      return failed(
        diagnostic('coverage/unknown-account', { account: email, near, ...(email.includes('@') && { domain }) }),
      )
    })
  })
  return work.ok ? work.value : work
}

/** One account may cost the request that says when it was last active. */
async function activityOf(
  client: OrgReader,
  { accountId, type }: LiveAccount,
  known: Activity | undefined,
): Promise<Activity | undefined> {
  if (type !== undefined || known?.from === 'api') return known
  const asked = await attempt(() => client.lastActive(accountId))
  if (!asked.ok) return known
  const { lastActive } = asked.value
  return lastActive === undefined ? (known ?? { at: null, from: 'api' }) : { at: Date.parse(lastActive), from: 'api' }
}

const aboutEverybody: ReadonlySet<string> = new Set([
  'evidence/future-facts',
  'plan/domain-not-verified',
  'plan/tokens-unreadable',
  'plan/activity-unreadable',
])

function explained(
  desired: Desired,
  loaded: LoadedFolder,
  { account, managed, read, state, activity }: One,
): Omit<ExplainReport, 'diagnostics'> {
  const { live, bindings } = read
  const source = (span: Span) => loaded.places.source(span)
  const recorded = new Map(Object.entries(state.lastApplied?.policyOf ?? {}))
  const membership = resolveMembership({
    policies: desired.AuthenticationPolicy,
    live,
    ids: bindings.ids,
    recorded,
    staging: { turn: turnBy(sha256), breakGlass: breakGlassOf(desired.organization.spec), isPartial: true },
  })
  const context = {
    surroundings: { organizationId: live.organization.id, consoleUrl: '' },
    source,
    fingerprint: fingerprint(sha256),
  }
  const access = accessSteps({ desired, live, suspended: new Map(Object.entries(state.suspensions)) }, context)
  const measured = measure(desired, live, state, { claimed: membership.claimed, steps: access.steps })
  const row = measured.rows.find(other => other.account.accountId === account.accountId)
  const accountClass = classOf(account, managed)
  const view = managed ? measured.now.byId.get(account.policyId ?? '') : externalView(desired, measured, account)
  const isPerson = accountClass !== 'app' && accountClass !== 'portal-only'
  const policy = isPerson ? (view?.name ?? account.policyId ?? null) : null
  const waitsFor = membership.waiting.get(account.accountId)
  const winner = waitsFor ?? membership.claimed.get(account.accountId)
  const claims = managed
    ? claimsOn(
        desired.AuthenticationPolicy,
        { email: account.email, groups: live.groupsOf.get(account.accountId) ?? new Set() },
        {
          winner,
          isWaiting: waitsFor !== undefined,
          directory: directoryOf(desired, recorded.get(account.accountId), view?.name),
          source,
        },
      )
    : []
  const claim = claims.find(({ wins, policy: name }) => wins && name === policy)
  const place = claim?.source ?? (view?.resource === undefined ? undefined : source(view.resource.locate([])))
  const bypass = row?.now?.bypass ?? bypassOf(account, view, measured, live)
  const afterPlan = row === undefined ? undefined : personalChanges(row, measured.access)
  return {
    formatVersion: '1.0',
    at: live.at,
    account: { accountId: account.accountId, email: account.email },
    ...(account.name !== undefined && { name: account.name }),
    accountClass,
    policy,
    ...(isPerson && place !== undefined && { source: place }),
    claims,
    ...(row?.now && { level: row.now.verdict.level }),
    ...(row?.declared && { declaredLevel: row.declared.verdict.level }),
    reason: row?.now === undefined ? '' : reasonOf(row.now),
    bypass,
    evidence: row?.now?.verdict.evidence ?? [],
    settings: isPerson ? explainedSettings(view, source) : [],
    roles: account.roles,
    ...(account.products && { products: account.products }),
    ...(activity && { lastActive: activity.at === null ? null : new Date(activity.at).toISOString() }),
    ...(afterPlan && { afterPlan }),
    notes: notesOn(noting({ account, accountClass, view, bypass, desired, live, measured, state })),
  }
}

const directoryOf = ({ AuthenticationPolicy }: Desired, recorded: string | undefined, current: string | undefined) =>
  [recorded, current].flatMap(
    name => AuthenticationPolicy.find(({ spec }) => spec.name === name)?.spec.directory ?? [],
  )[0]

function externalView(desired: Desired, { now }: Measured, { email }: LiveAccount): PolicyView {
  return tested(desired, now.test, email) === true ? now.test : now.external
}

const tested = (desired: Desired, { fields }: PolicyView, email: string): boolean | 'unknown' =>
  isTestUser(fields['testUsers'], declaredTestUsers(desired), email)

function bypassOf(
  { accountId }: LiveAccount,
  view: PolicyView | undefined,
  { context }: Measured,
  { tokens }: Live,
): Bypass {
  return {
    liveTokens: tokens === undefined ? 'unknown' : (tokens.get(accountId)?.allowed ?? 0),
    policyAllows: tokenRule(view, context.now),
  }
}

function noting({
  account,
  accountClass,
  view,
  bypass,
  desired,
  live,
  measured,
  state,
}: {
  readonly account: LiveAccount
  readonly accountClass: AccountClass
  readonly view: PolicyView | undefined
  readonly bypass: Bypass
  readonly desired: Desired
  readonly live: Live
  readonly measured: Measured
  readonly state: LedgerState
}): Noting {
  const domain = domainOf(account.email)
  const own = live.domains.find(({ name }) => name === domain)
  const declared = desired.organization.spec.domains?.some(name => name.toLowerCase() === domain) === true
  const method = view?.fields['settings.authorizationMethod']
  return {
    accountClass,
    domain,
    domainStatus: own?.status === 'verified' ? 'verified' : own !== undefined || declared ? 'lapsed' : 'foreign',
    anyVerified: live.domains.some(({ status }) => status === 'verified'),
    asked:
      method?.state !== 'known'
        ? 'unknown'
        : method.value === 'one-time-passcode'
          ? 'passcode'
          : method.value === 'single-sign-on'
            ? 'single-sign-on'
            : 'nothing',
    tokensAllowed: bypass.policyAllows,
    tested: accountClass === 'external' ? tested(desired, measured.now.test, account.email) : false,
    suspendedByRule: isTaken(state.suspensions[account.accountId]),
  }
}
