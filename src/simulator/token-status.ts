import { foldEmail } from '../model/account.ts'
import { isPolicyMember, type Account } from './accounts.ts'
import type { ExternalSettings } from './settings.ts'
import type { ApiToken, ExternalPolicy } from './state.ts'
import type { World } from './world.ts'

/** The settings of an external policy that hold at a time: an edit takes about 10 minutes (ref 5.2). */
export const effectiveSettings = (
  { settings, previous, effectiveAt }: ExternalPolicy,
  now: number,
): ExternalSettings => (effectiveAt <= now ? settings : previous)

/** What a token may do: the API's one echo of the settings that block tokens (ref 3.2). */
export function tokenStatus(world: World, token: ApiToken): 'ALLOWED' | 'BLOCKED' {
  const account = world.state.accounts.byId.get(token.accountId)
  if (token.status === 'BLOCKED' || account === undefined || !world.switches.tokensFollowPolicy) return token.status
  return policyBlocksTokens(world, account) ? 'BLOCKED' : 'ALLOWED'
}

function policyBlocksTokens({ state, now }: World, account: Account): boolean {
  if (isPolicyMember(account)) {
    const policy = state.authenticationPolicies.find(({ id }) => id === account.policyId)
    return policy?.settings.apiTokens === 'block'
  }
  // Without Guard there are no external policies (ref 5.4).
  if (account.managed || !state.guard) return false
  const { external, test } = state.externalUserPolicies
  const tested = test.testUsers.some(email => foldEmail(email) === foldEmail(account.email))
  return effectiveSettings(tested ? test : external, now()).apiTokens === 'block'
}
