import { consoleClicks, consolePages } from '../kinds/console-pages.ts'
import { wordFor } from '../kinds/field.ts'
import { isKindName, kindNamed } from '../kinds/index.ts'
import type { Organization } from '../kinds/organization.ts'
import { valueAt } from '../kinds/path.ts'
import { foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { FieldChange } from '../model/change.ts'
import { grouped } from '../model/grouped.ts'
import { isStrings, type Json } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { BreakGlassAccount, FormerSetting, Recovery, RecoveryPage, Undo, UndoPart } from '../model/recovery.ts'
import { listedSteps } from './recovery-steps.ts'

/** Where the undo takes place. */
export interface RecoveryPlace {
  /** Where the console is, without a slash at the end. */
  readonly consoleUrl: string
  /** Names the run that carries the plan out. */
  readonly run: string
}

/** How what a plan tightens is undone by hand; undefined where it tightens nothing. Nothing in it is guessed: what is not known is left open. */
export function recoveryOf(plan: SavedPlan, organization: Organization, place: RecoveryPlace): Recovery | undefined {
  const steps = listedSteps(plan)
  if (steps.length === 0) return undefined
  const pages = pagesOf(plan.organization.id, place.consoleUrl)
  return {
    organization: plan.organization,
    run: place.run,
    digest: plan.digest,
    // What was done last stands in the way of what was done before it.
    undo: steps.map(step => undoOf(step, plan, pages)).reverse(),
    singleSignOn: enforcing(steps, plan).map(policy => ({
      policy,
      url: pages.policy(plan.desired.ids[policy]),
      clicks: [...consoleClicks.authenticationPolicies, policy, 'Edit'],
    })),
    admins: plan.wayBack.admins,
    breakGlass: plan.wayBack.breakGlass.map(account => withMailbox(account, organization)),
  }
}

type Pages = ReturnType<typeof pagesOf>

const pagesOf = (organizationId: string, consoleUrl: string) => ({
  policy: (id: string | undefined): string =>
    id === undefined
      ? consolePages.authenticationPolicies(consoleUrl, organizationId)
      : consolePages.authenticationPolicy(consoleUrl, organizationId, id),
  allowlists: consolePages.ipAllowlists(consoleUrl, organizationId),
  users: consolePages.users(consoleUrl, organizationId),
})

function undoOf(step: Step, plan: SavedPlan, pages: Pages): Undo {
  const { channel, action, kind, name } = step
  return { channel, action, kind, name, parts: partsOf(step, plan, pages), letsIn: letsIn(step, plan) }
}

function partsOf(step: Step, plan: SavedPlan, pages: Pages): readonly UndoPart[] {
  const { action, kind, name, changes, accounts = [], console: page } = step
  if (page !== undefined) {
    const { url, clicks, settings } = page
    const former = settings.map(({ label, from }): FormerSetting => ({
      label,
      ...(from !== undefined && { was: [from] }),
    }))
    return [{ url, clicks, accounts: [], settings: former }]
  }
  if (action === 'move') return formerPolicies(step, plan, pages)
  if (action === 'suspend')
    return [
      { url: pages.users, clicks: consoleClicks.users, accounts: accounts.map(({ account }) => account), settings: [] },
    ]
  const allowlist: RecoveryPage = {
    url: pages.allowlists,
    clicks: action === 'delete' ? consoleClicks.ipAllowlists : [...consoleClicks.ipAllowlists, name],
  }
  // What was made has no former settings: it goes as a whole.
  return [
    { ...allowlist, accounts: [], settings: action === 'create' ? [] : changes.map(change => former(kind, change)) },
  ]
}

/** The accounts by the policy that each was in. */
function formerPolicies({ accounts = [] }: Step, { before, desired }: SavedPlan, pages: Pages): readonly UndoPart[] {
  const byPolicy = grouped(accounts, ({ from }) => from)
  return [...byPolicy]
    .sort(([a], [b]) => compareText(a, b))
    .map(([from, moved]): UndoPart => {
      const id = before.policyOf[moved[0]?.account.accountId ?? ''] ?? desired.ids[from]
      // A policy whose name nobody knows goes by its id, and the console does not list ids.
      const named = from !== id && id !== undefined
      return {
        url: pages.policy(id),
        clicks: [...consoleClicks.authenticationPolicies, ...(named ? [from] : [])],
        ...(id !== undefined && { policy: from }),
        accounts: moved.map(({ account }) => account),
        settings: [],
      }
    })
}

function former(kind: string, { path, before }: FieldChange): FormerSetting {
  const field = isKindName(kind) ? kindNamed(kind).fields[path] : undefined
  const words = (value: Json): readonly string[] =>
    value === null || (Array.isArray(value) && value.length === 0)
      ? ['none']
      : isStrings(value)
        ? value
        : [wordFor(field, value)]
  return { label: field?.label ?? path, ...(before !== undefined && { was: words(before) }) }
}

function letsIn({ kind, name, action }: Step, { desired }: SavedPlan): readonly string[] {
  if (kind !== 'IpAllowlist' || action === 'delete') return []
  const ranges = valueAt(desired.documents[`${kind}/${name}`] ?? {}, 'ranges')
  return isStrings(ranges) ? ranges : []
}

/** The names of the policies with enforced single sign-on that steps set up or move people into. */
function enforcing(steps: readonly Step[], { desired }: SavedPlan): readonly string[] {
  const path = 'settings.singleSignOn'
  const names = steps.flatMap(({ kind, name, action, changes }) => {
    if (kind !== 'AuthenticationPolicy') return []
    const set = changes.some(change => change.path === path && change.after === 'enforced')
    const holds = action === 'move' && valueAt(desired.documents[`${kind}/${name}`] ?? {}, path) === 'enforced'
    return set || holds ? [name] : []
  })
  return [...new Set(names)].sort(compareText)
}

function withMailbox(account: BreakGlassAccount, { breakGlass = [] }: Organization): BreakGlassAccount {
  const declared = breakGlass.find(
    entry => typeof entry !== 'string' && foldEmail(entry.account) === foldEmail(account.email),
  )
  const mailbox = typeof declared === 'object' ? declared.mailbox : undefined
  return { ...account, ...(mailbox !== undefined && { mailbox }) }
}
