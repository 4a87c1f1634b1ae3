import { externalPropagation, isTestUser } from '../kinds/external-membership.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import type { LiveField } from '../model/evidence.ts'

const path = 'settings.apiTokens'

/**
 * A token that the API calls ALLOWED contradicts what evidence says of its owner's policy: that tokens are blocked (ref 3.2). It may contradict and never confirm:
 * blocked tokens may have been blocked one by one.
 */
export function contradictedByTokens(live: Live, desired: Pick<Desired, 'ExternalUserPolicy'>, now: Date): Live {
  const { tokens } = live
  if (tokens === undefined) return live
  const working = (accountId: string): number => tokens.get(accountId)?.allowed ?? 0
  const test = live.objects.find(({ address }) => address.kind === 'ExternalUserPolicy' && address.name === 'test')
  const declared = desired.ExternalUserPolicy.find(({ spec }) => spec.name === 'test')?.spec.testUsers
  const counts = new Map<string, number>()
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count)
  for (const { accountId, policyId, status } of live.accounts)
    if (policyId !== undefined && status === 'active') add(`AuthenticationPolicy/${policyId}`, working(accountId))
  for (const { accountId, email, status } of live.externals) {
    const tested = isTestUser(test?.fields['testUsers'], declared, email)
    // Who may be in either policy contradicts neither.
    if (status === 'active' && tested !== 'unknown')
      add(`ExternalUserPolicy/${tested ? 'test' : 'external'}`, working(accountId))
  }
  const judged = (object: LiveObject): LiveObject => {
    const { kind, name } = object.address
    const field = object.fields[path]
    const count = counts.get(`${kind}/${kind === 'ExternalUserPolicy' ? name : (object.id ?? '')}`) ?? 0
    if (field?.state !== 'known' || field.value !== 'block' || count === 0) return object
    // A change of the external policies takes its time: until then tokens say nothing against it.
    if (kind === 'ExternalUserPolicy' && !holds(field, now)) return object
    const summary = `${count} ${count === 1 ? 'token' : 'tokens'} of its accounts still ${count === 1 ? 'works' : 'work'}`
    return {
      ...object,
      fields: {
        ...object.fields,
        [path]: {
          state: 'stale',
          value: field.value,
          evidence: field.evidence,
          because: { reason: 'contradicted', summary },
        },
      },
    }
  }
  return { ...live, objects: live.objects.map(judged), undeclared: live.undeclared.map(judged) }
}

const holds = ({ evidence }: Extract<LiveField, { state: 'known' }>, now: Date): boolean =>
  now.getTime() - Date.parse(evidence.since ?? evidence.at) >= externalPropagation
