import { count } from '../diagnostics/wording.ts'
import { breakGlassOf } from '../kinds/access-rules.ts'
import { foldEmail } from '../model/account.ts'
import type { CoverageLevel, Remedy } from '../model/coverage.ts'
import type { Json } from '../model/json.ts'
import type { Counted } from './gaps.ts'
import { levelRank } from './levels.ts'
import { externalVerdict } from './policy-verdict.ts'
import type { RemedyInput } from './remedies.ts'
import { remedy, withSettings, type Outcome } from './what-if.ts'

const method = 'settings.authorizationMethod'

/** What the external user policy would make external accounts pass with other settings, for those that would pass more. */
function raised(input: RemedyInput, settings: Readonly<Record<string, Json>>): readonly Outcome[] {
  const at = input.context.now.toISOString()
  const view = withSettings(input.now.external, settings, at)
  const levels = new Map<Counted['account']['products'], CoverageLevel>()
  return input.rows.flatMap((row): readonly Outcome[] => {
    // Who is in the test policy is not touched by a change of the other.
    if (row.accountClass !== 'external' || row.now.view?.name === 'test') return []
    const { products } = row.account
    const level = levels.get(products) ?? externalVerdict(view, products, input.context).level
    levels.set(products, level)
    return levelRank(level) > levelRank(row.now.verdict.level) ? [{ row, level }] : []
  })
}

/** Ask external accounts for an emailed passcode, where no document does already. */
export function turnOnExternalPolicy(input: RemedyInput): readonly Remedy[] {
  const declared = input.declared.external.fields[method]
  if (declared?.state === 'known' && declared.value !== 'none') return []
  const outcomes = raised(input, { [method]: 'one-time-passcode' })
  if (outcomes.length === 0) return []
  const licence = input.domains.some(({ status }) => status === 'verified') ? '' : ' (it needs a verified domain first)'
  return [
    remedy(input, outcomes, {
      code: 'turn-on-external-policy',
      summary: `ask external accounts for an emailed passcode: ${count(outcomes.length, 'account')}${licence}`,
      how: 'ExternalUserPolicy “external”: settings: { authorizationMethod: one-time-passcode, apiTokens: block }; it needs Guard Standard, and can be non-billable',
    }),
  ]
}

/** Send external accounts through an identity provider that is declared to ask for a second factor. */
export function askForSingleSignOn(input: RemedyInput): readonly Remedy[] {
  const provider = (input.desired.organization.spec.identityProviders ?? []).find(
    ({ name }) => input.context.mfa(name).enforced === 'yes',
  )
  const declared = input.declared.external.fields[method]
  // An external break-glass account would be locked out with them: such a document is refused.
  const breakGlass = breakGlassOf(input.desired.organization.spec)
  const locked = input.rows.some(
    ({ accountClass, account }) => accountClass === 'external' && breakGlass.has(foldEmail(account.email)),
  )
  if (locked || provider === undefined || (declared?.state === 'known' && declared.value === 'single-sign-on'))
    return []
  const outcomes = raised(input, { [method]: 'single-sign-on', 'settings.identityProvider': provider.name })
  if (outcomes.length === 0) return []
  return [
    remedy(input, outcomes, {
      code: 'external-single-sign-on',
      summary: `ask external accounts for single sign-on through ${provider.name}: ${count(outcomes.length, 'account')}, each of which must be made known to it`,
      how: `ExternalUserPolicy “external”: settings: { authorizationMethod: single-sign-on, identityProvider: ${provider.name}, apiTokens: block, billable: true }; Guard Standard bills them`,
    }),
  ]
}
