import { count } from '../diagnostics/wording.ts'
import { breakGlassOf, cutoffOf, isExempt } from '../kinds/access-rules.ts'
import { domainOf } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Remedy } from '../model/coverage.ts'
import { levelRank } from './levels.ts'
import type { RemedyInput } from './remedies.ts'
import { remedy } from './what-if.ts'

/** Block API tokens in each policy whose members have live ones, where no document does already. */
export function blockTokens(input: RemedyInput): readonly Remedy[] {
  const byPolicy = grouped(input.rows, ({ accountClass, now: { bypass, policy }, declared }) =>
    bypass.liveTokens === 'unknown' || bypass.liveTokens === 0 || policy === undefined
      ? undefined
      : JSON.stringify([accountClass, policy, declared?.bypass.policyAllows === false]),
  )
  return [...byPolicy]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, rows]) => {
      const [accountClass, policy, blockedSoon] = JSON.parse(key) as [string, string, boolean]
      const kind = accountClass === 'external' ? 'ExternalUserPolicy' : 'AuthenticationPolicy'
      const tokens = rows.reduce((sum, { now }) => sum + Number(now.bypass.liveTokens), 0)
      return remedy(
        input,
        rows.map(row => ({ row, level: row.now.verdict.level, tokensWork: false })),
        {
          code: 'block-tokens',
          summary: `block API tokens in ${kind} “${policy}”${blockedSoon ? ', as the documents say' : ''}: ${count(tokens, 'live token')} of ${count(rows.length, 'account')} ${tokens === 1 ? 'stops' : 'stop'} working`,
          how: blockedSoon
            ? 'carry out the plan: postern plan'
            : `${kind} “${policy}”: settings: { apiTokens: block }; tell the owners first`,
          policy,
        },
      )
    })
}

/** Days without activity after which the remedy would suspend, where no document says otherwise. */
const inactiveDays = '90d'

/** Suspend external accounts that pass nothing and have not been active for long. */
export function suspendInactive(input: RemedyInput): readonly Remedy[] {
  const access = input.desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)?.spec.access
  const after = access?.inactiveAfter ?? inactiveDays
  const cutoff = cutoffOf(after, input.context.now) ?? 0
  const breakGlass = breakGlassOf(input.desired.organization.spec)
  if (access?.onViolation === 'suspend' && access.inactiveAfter !== undefined) return []
  const candidates = input.rows.filter(
    ({ accountClass, account, now }) =>
      accountClass === 'external' &&
      levelRank(now.verdict.level) < levelRank('two-step') &&
      !isExempt(account, breakGlass) &&
      (account.addedAt ?? 0) < cutoff,
  )
  // The rules of a document go together: who breaks the other one is suspended too.
  const allowed = access?.allowedDomains?.map(domain => domain.toLowerCase())
  const own = new Set([
    ...(input.desired.organization.spec.domains ?? []).map(domain => domain.toLowerCase()),
    ...input.domains.filter(({ status }) => status === 'verified').map(({ name }) => name),
  ])
  const outside = input.rows.filter(({ accountClass, account }) => {
    const domain = domainOf(account.email)
    return (
      accountClass === 'external' &&
      !isExempt(account, breakGlass) &&
      allowed?.includes(domain) === false &&
      !own.has(domain)
    )
  })
  const shut = new Set(outside)
  const inactive = candidates.filter(row => {
    const known = input.activity.get(row.account.accountId)
    if (known === undefined || shut.has(row)) return false
    return known.at === null ? row.account.addedAt !== undefined : known.at < cutoff
  })
  if (inactive.length === 0) return []
  const unknown = candidates.filter(({ account }) => !input.activity.has(account.accountId)).length
  return [
    remedy(
      input,
      [...inactive, ...outside].map(row => ({ row, level: undefined })),
      {
        code: 'suspend-inactive',
        summary:
          `suspend external accounts that were not active for ${after}: ${count(inactive.length, 'account')}` +
          (outside.length === 0
            ? ''
            : `, and with them ${count(outside.length, 'account')} outside \`allowedDomains\``) +
          (unknown === 0 ? '' : `; of ${unknown} more the activity is not known`),
        how: `ExternalUserPolicy “external”: access: { inactiveAfter: ${after}, onViolation: suspend }`,
      },
    ),
  ]
}
