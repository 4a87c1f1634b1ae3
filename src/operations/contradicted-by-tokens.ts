import { count } from '../diagnostics/wording.ts'
import { declaredTestUsers, externalPropagation, isTestUser, mostTestUsers } from '../kinds/external-membership.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import type { LiveField } from '../model/evidence.ts'

const path = 'settings.apiTokens'

/** Accounts with tokens that work, and how many tokens. */
interface Working {
  readonly accounts: number
  readonly tokens: number
}

/**
 * A token that the API calls ALLOWED contradicts what evidence says of its owner's policy: that tokens are blocked (ref 3.2). It may contradict and never confirm:
 * blocked tokens may have been blocked one by one.
 */
export function contradictedByTokens<
  Seen extends Pick<Live, 'objects' | 'undeclared' | 'accounts' | 'externals' | 'tokens'>,
>(live: Seen, desired: Pick<Desired, 'ExternalUserPolicy'>, now: Date): Seen {
  const { tokens } = live
  if (tokens === undefined) return live
  const test = live.objects.find(({ address }) => address.kind === 'ExternalUserPolicy' && address.name === 'test')
  const members = test?.fields['testUsers']
  const declared = declaredTestUsers(desired)
  const found = new Map<string, Working>()
  const add = (key: string, accountId: string): void => {
    const tokensOf = tokens.get(accountId)?.allowed ?? 0
    const { accounts, tokens: before } = found.get(key) ?? { accounts: 0, tokens: 0 }
    if (tokensOf > 0) found.set(key, { accounts: accounts + 1, tokens: before + tokensOf })
  }
  for (const { accountId, policyId, status } of live.accounts)
    if (policyId !== undefined && status === 'active') add(`AuthenticationPolicy/${policyId}`, accountId)
  for (const { accountId, email, status } of live.externals) {
    const tested = isTestUser(members, declared, email)
    // Who may be in either policy contradicts neither.
    if (status === 'active' && tested !== 'unknown')
      add(`ExternalUserPolicy/${tested ? 'test' : 'external'}`, accountId)
  }
  // Where it is not known who is in the test policy, so many may be, and their tokens say nothing of the other.
  const maybeTested = members?.state === 'known' ? 0 : mostTestUsers
  const judged = (object: LiveObject): LiveObject => {
    const { kind, name } = object.address
    const field = object.fields[path]
    const isExternal = kind === 'ExternalUserPolicy'
    const working = found.get(`${kind}/${isExternal ? name : (object.id ?? '')}`)
    if (field?.state !== 'known' || field.value !== 'block' || working === undefined) return object
    if (isExternal && working.accounts <= maybeTested) return object
    // A change of the external policies takes its time: until then tokens say nothing against it.
    if (isExternal && !holds(field, now)) return object
    const summary = `${count(working.tokens, 'token')} of its accounts still ${working.tokens === 1 ? 'works' : 'work'}`
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
