import { addAccount, accountByEmail, changeMembership } from '../../src/simulator/index.ts'
import type { Started } from '../operations/start.ts'
import type { WorldChange } from './import-worlds.ts'

const at = <T>(items: readonly T[], place: number): T => {
  const item = items[place % items.length]
  if (item === undefined) throw new Error('there is none')
  return item
}

/** Does to a simulated organization what somebody does in the console; what the console refuses does not happen. */
export async function happen({ simulator, clock }: Started, change: WorldChange): Promise<void> {
  const { state, organizationId } = simulator
  const post = (page: string, values: Readonly<Record<string, string>>) =>
    simulator.fetch(`/console/o/${organizationId}/${page}`, { method: 'POST', body: new URLSearchParams(values) })
  const policyPage = (place: number): string => `authentication-policies/${at(state.authenticationPolicies, place).id}`
  const people = state.accounts.list.filter(({ managed }) => managed)
  switch (change.what) {
    case 'move':
      await post(`${policyPage(change.policy)}/members`, { emails: at(people, change.account).email })
      break
    case 'setting':
      await post(policyPage(change.policy), { [change.name]: change.value })
      break
    case 'rename':
      at(state.authenticationPolicies, change.policy).name = change.name
      break
    case 'account':
      if (accountByEmail(state.accounts, change.email) !== undefined) break
      addAccount(state.accounts, {
        ...at(people, 0),
        accountId: `new-${change.email}`,
        email: change.email,
        accountStatus: 'active',
        platformRoles: [],
        policyId: at(state.authenticationPolicies, change.policy).id,
        groups: [at(state.groups, change.group).id],
      })
      break
    case 'policy': {
      const made = await post('authentication-policies', {
        name: 'New policy',
        directory: at(state.directories, change.directory).name,
      })
      const policy = state.authenticationPolicies.at(-1)
      if (made.status !== 303 || policy === undefined) break
      policy.name = change.name
      const emails = change.accounts.map(place => at(people, place).email).join('\n')
      await post(`authentication-policies/${policy.id}/members`, { emails })
      break
    }
    case 'group':
      changeMembership(state, at(people, change.account), { groups: [at(state.groups, change.group).id] }, clock.now())
      break
    case 'allowlist': {
      if (state.controlPolicies.length === 0) break
      const list = at(state.controlPolicies, change.list)
      list.rule = change.rule
      list.status = change.enabled ? 'enabled' : 'disabled'
      break
    }
    case 'new-allowlist':
      // A plan cannot tell two of one name apart, and says so.
      if (state.controlPolicies.some(({ name }) => name === change.name)) break
      state.controlPolicies.push({
        id: `00000004-0000-4000-8000-${String(state.controlPolicies.length).padStart(12, '0')}`,
        type: 'ip-allowlist',
        name: change.name,
        status: 'enabled',
        rule: change.rule,
        draft: undefined,
        resources: [],
        createdAt: clock.now(),
        updatedAt: clock.now(),
      })
      break
    case 'domain':
      state.domains.push({ id: change.name, name: change.name, type: 'dns', status: 'verified' })
      break
  }
}
