import { isTestUser } from '../kinds/external-membership.ts'
import type { Live, LiveAccount, LiveTokens } from '../kinds/live.ts'
import type { AccountClass, Bypass } from '../model/coverage.ts'
import { levelRank } from './levels.ts'
import { externalVerdict, managedVerdict, type Verdict, type VerdictContext } from './policy-verdict.ts'
import type { PolicyView, PolicyViews } from './policy-view.ts'
import { tokenRule } from './token-rule.ts'

/** What holds for an account at one time. Accounts for which the same holds share it. */
export interface Standing {
  /** Name of its policy; its id where no name is known; undefined where neither is. */
  readonly policy: string | undefined
  readonly view: PolicyView | undefined
  readonly verdict: Verdict
  readonly bypass: Bypass
}

/** One account that is counted, now or as declared: absent where it is not counted at that time. */
export interface Assessed {
  readonly account: LiveAccount
  readonly accountClass: 'managed' | 'external'
  readonly now: Standing | undefined
  readonly declared: Standing | undefined
}

/** Every counted account, and how many are counted apart. */
export interface Assessment {
  readonly rows: readonly Assessed[]
  readonly apart: ReadonlyMap<AccountClass, number>
}

/** Everything that decides what an account has to pass. */
export interface AssessInput {
  readonly live: Pick<Live, 'accounts' | 'externals' | 'others' | 'tokens' | 'at'>
  readonly now: PolicyViews
  readonly declared: PolicyViews
  readonly context: VerdictContext
  /** The policy of every claimed account once the documents are carried out, by account id. */
  readonly claimed: ReadonlyMap<string, string>
  /** Accounts from which the plan takes access, and to which it gives it back. */
  readonly suspended: ReadonlySet<string>
  readonly restored: ReadonlySet<string>
  /** The members of the test policy, where a document names them. */
  readonly testUsers: readonly string[] | undefined
}

/** Which accounts are counted: active managed ones, and active external ones that reach an app (design 8). */
export function classOf({ type, status, products }: LiveAccount, managed: boolean): AccountClass {
  if (type === 'app') return 'app'
  if (type === 'customer') return 'portal-only'
  if (status !== 'active') return status
  if (managed) return 'managed'
  // Who reaches no app can at most be the customer of a portal.
  return products?.length === 0 ? 'portal-only' : 'external'
}

/** Says of every account what it has to pass now and once the documents are carried out. */
export function assess(input: AssessInput): Assessment {
  const { live, suspended, restored } = input
  const stand = standings(input)
  const rows: Assessed[] = []
  const apart = new Map<AccountClass, number>()
  const add = (account: LiveAccount, managed: boolean): void => {
    const accountClass = classOf(account, managed)
    const counted = accountClass === 'managed' || accountClass === 'external'
    if (!counted) apart.set(accountClass, (apart.get(accountClass) ?? 0) + 1)
    const back = restored.has(account.accountId)
    if (!counted && !back) return
    rows.push({
      account,
      accountClass: managed ? 'managed' : 'external',
      now: counted ? stand(account, managed, 'now') : undefined,
      declared: suspended.has(account.accountId) ? undefined : stand(account, managed, 'declared'),
    })
  }
  for (const account of live.accounts) add(account, true)
  for (const account of live.externals) add(account, false)
  for (const account of live.others) add(account, true)
  return { rows, apart }
}

type When = 'now' | 'declared'

/** Where an account stands. What many accounts share is made once: there may be half a million. */
function standings(input: AssessInput): (account: LiveAccount, managed: boolean, when: When) => Standing {
  const { live, claimed, context, testUsers } = input
  const without = new Map<Verdict, Map<string | undefined, Standing>>()
  const managedVerdicts = remembering((view: PolicyView | undefined, mfa: boolean | undefined) =>
    managedVerdict(view, mfa, context),
  )
  const externalVerdicts = remembering((view: PolicyView, products: readonly string[] | undefined) =>
    externalVerdict(view, products, context),
  )
  const rules = remembering((view: PolicyView | undefined) => tokenRule(view, context.now))

  const policyOf = ({ accountId, policyId }: LiveAccount, when: When) => {
    const views = input[when]
    const claim = when === 'declared' ? claimed.get(accountId) : undefined
    const view = claim === undefined ? views.byId.get(policyId ?? '') : views.byName.get(claim)
    return { view, policy: view?.name ?? policyId }
  }

  return (account, managed, when) => {
    if (managed) {
      const { view, policy } = policyOf(account, when)
      const verdict = managedVerdicts(view, account.mfaEnabled)
      return standing(account, { view, policy, verdict, when })
    }
    const { external, test } = input[when]
    const tested = isTestUser(test.fields['testUsers'], testUsers, account.email)
    const views = tested === 'unknown' ? [external, test] : [tested ? test : external]
    const candidates = views.map(view => ({ view, verdict: externalVerdicts(view, account.products) }))
    candidates.sort((a, b) => levelRank(a.verdict.level) - levelRank(b.verdict.level))
    const [weakest = { view: external, verdict: externalVerdicts(external, account.products) }] = candidates
    const verdict: Verdict =
      tested === 'unknown'
        ? { ...weakest.verdict, reasons: [...weakest.verdict.reasons, { code: 'either-policy' }] }
        : weakest.verdict
    return standing(account, { view: weakest.view, policy: weakest.view.name, verdict, when }, views)
  }

  function standing(
    account: LiveAccount,
    { when, ...found }: Omit<Standing, 'bypass'> & { readonly when: When },
    views: readonly (PolicyView | undefined)[] = [found.view],
  ): Standing {
    const allows = together(views.map(view => rules(view, undefined)))
    const own = live.tokens?.get(account.accountId)
    if (own === undefined && live.tokens !== undefined) {
      const byPolicy = without.get(found.verdict) ?? new Map<string | undefined, Standing>()
      without.set(found.verdict, byPolicy)
      const known = byPolicy.get(found.policy)
      if (known !== undefined && known.view === found.view && known.bypass.policyAllows === allows) return known
      const made = { ...found, bypass: { liveTokens: 0, policyAllows: allows } }
      byPolicy.set(found.policy, made)
      return made
    }
    const liveTokens =
      own === undefined ? 'unknown' : when === 'now' ? own.allowed : tokensAfter(account, own, allows, found.policy)
    // A token that works contradicts evidence that tokens are blocked.
    const contradicted = allows === false && liveTokens !== 'unknown' && liveTokens > 0
    return { ...found, bypass: { liveTokens, policyAllows: contradicted ? 'unknown' : allows } }
  }

  /** Blocked tokens come back where a policy allows what the one before did not: those that were blocked one by one cannot be told apart. */
  function tokensAfter(
    account: LiveAccount,
    own: LiveTokens,
    allows: boolean | 'unknown',
    policy: string | undefined,
  ): number {
    if (allows === false) return 0
    const before = account.policyId === undefined ? input.now.external : input.now.byId.get(account.policyId)
    // Where it stays and nothing is to change, what the API says goes on to hold; where it goes, the worst may be so.
    if (allows === 'unknown') return before?.name === policy ? own.allowed : own.all
    return rules(before, undefined) === true ? own.allowed : own.all
  }
}

const together = (rules: readonly (boolean | 'unknown')[]): boolean | 'unknown' =>
  rules.includes(true) ? true : rules.includes('unknown') ? 'unknown' : false

/** Remembers what a function made of two arguments, compared as they are. */
function remembering<A, B, R>(make: (a: A, b: B) => R): (a: A, b: B) => R {
  const known = new Map<A, Map<B, R>>()
  return (a, b) => {
    const own = known.get(a) ?? new Map<B, R>()
    known.set(a, own)
    const found = own.get(b)
    if (found !== undefined) return found
    const made = make(a, b)
    own.set(b, made)
    return made
  }
}
