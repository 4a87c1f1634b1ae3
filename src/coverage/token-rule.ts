import { externalPropagation } from '../kinds/external-membership.ts'
import type { PolicyView } from './policy-view.ts'

/** Whether API tokens work for the accounts of a policy, as evidence shows it. */
export function tokenRule(view: PolicyView | undefined, now: Date): boolean | 'unknown' {
  const field = view?.fields['settings.apiTokens']
  if (view === undefined || field?.state !== 'known') return 'unknown'
  if (field.value !== 'block') return field.value === 'allow' ? true : 'unknown'
  const since = Date.parse(field.evidence.since ?? field.evidence.at)
  return view.kind === 'ExternalUserPolicy' && now.getTime() < since + externalPropagation ? 'unknown' : false
}
