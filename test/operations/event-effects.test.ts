import { describe, expect, it } from 'vitest'
import {
  accountsNamed,
  eventEffects,
  touchedBy,
  unloggedChanges,
  type EventEffect,
} from '../../src/drift/event-effects.ts'
import { auditActions, type AuditActionId } from '../../src/simulator/audit-actions.ts'

const listed = Object.entries(auditActions).map(([id, { displayName, group }]) => ({
  id,
  displayName,
  groupDisplayName: group,
}))

const effectOf = (displayName: string): EventEffect | undefined =>
  eventEffects([{ id: 'some_id', displayName }]).get('some_id')

describe('what an action may have changed', () => {
  it('is told of every action of the simulator', () => {
    expect(Object.fromEntries(eventEffects(listed))).toEqual({
      user_login: 'nothing',
      user_logout: 'nothing',
      user_logged_in_as_user: 'nothing',
      api_token_revoked: 'other',
      api_key_revoked: 'other',
      external_user_policy_updated: 'other',
      external_user_test_policy_updated: 'other',
      twosv_disabled_for_user: 'account',
      twosv_enabled_for_user: 'account',
      user_granted_role: 'account',
      user_revoked_role: 'account',
      added_org_admin: 'account',
      removed_org_admin: 'account',
      user_suspended: 'account',
      user_restored: 'account',
      user_profile_updated: 'account',
      user_created: 'membership',
      user_invited: 'membership',
      user_removed: 'membership',
      user_deactivated: 'membership',
      user_reactivated: 'membership',
      user_deletion_scheduled: 'membership',
      user_deletion_cancelled: 'membership',
      // Settings too: what bulk-fetch calls a policy may be another name.
      auth_policy_created: 'policies',
      auth_policy_updated: 'policies',
      auth_policy_deleted: 'policies',
      auth_policy_members_updated: 'policies',
      // Which sort of policy is not said.
      policy_created: 'policies',
      policy_updated: 'policies',
      policy_deleted: 'policies',
      group_created: 'groups',
      group_members_updated: 'group-members',
      group_deleted: 'everyone',
      group_granted_admin_access: 'everyone',
      domain_verified: 'everyone',
      domain_claimed: 'everyone',
      domain_lapsed: 'everyone',
    } satisfies Record<AuditActionId, EventEffect>)
  })

  it.each<[string, EventEffect]>([
    ['Viewed page', 'nothing'],
    ['Exported space', 'nothing'],
    ['Created issue', 'nothing'],
    ['Deleted repository', 'nothing'],
    ['Added user to project', 'nothing'],
    ['Searched audit log', 'nothing'],
    ['Exported users', 'nothing'],
    ['Changed password of account', 'nothing'],
    ['Revoked sessions of user', 'nothing'],
    ['Created API token', 'other'],
    ['Updated IP allowlist', 'other'],
    ['Added user to group', 'group-members'],
    ['Removed user from group', 'group-members'],
    ['Renamed group', 'groups'],
    ['Revoked product access from group', 'everyone'],
    ['Granted product access to user', 'account'],
    ['Changed email address of account', 'account'],
    ['Unclaimed account', 'membership'],
    ['Removed domain', 'everyone'],
    ['Turned on two-step verification', 'account'],
    // Nobody knows what these did.
    ['Did something', 'unknown'],
    ['Changed something', 'unknown'],
    ['Logged in and changed account', 'unknown'],
    ['Synchronized directory', 'unknown'],
    ['Changed identity provider', 'unknown'],
    ['Changed role', 'unknown'],
    ['Policy', 'unknown'],
    ['', 'unknown'],
  ])('%s: %s', (name, effect) => {
    expect(effectOf(name)).toBe(effect)
  })

  it('is everything where nobody knows it', () => {
    expect(touchedBy.unknown).toEqual({ accounts: 'all', policies: true, groups: true })
  })
})

describe('the kinds of change that the log has no action for', () => {
  it('are none in the simulator', () => {
    expect(unloggedChanges(listed)).toEqual({ accounts: [], policies: [], groups: [] })
  })

  it.each<[string, keyof ReturnType<typeof unloggedChanges>, readonly AuditActionId[]]>([
    ['creating or inviting an account', 'accounts', ['user_created', 'user_invited']],
    ['removing an account', 'accounts', ['user_removed']],
    ['suspending access', 'accounts', ['user_suspended']],
    ['restoring access', 'accounts', ['user_restored']],
    ['deactivating an account', 'accounts', ['user_deactivated']],
    ['reactivating an account', 'accounts', ['user_reactivated']],
    ['granting a role', 'accounts', ['user_granted_role']],
    ['revoking a role', 'accounts', ['user_revoked_role']],
    ['making an organization admin', 'accounts', ['added_org_admin']],
    ['removing an organization admin', 'accounts', ['removed_org_admin']],
    ['scheduling the deletion of an account', 'accounts', ['user_deletion_scheduled', 'user_deletion_cancelled']],
    ['changing the address or the profile of an account', 'accounts', ['user_profile_updated']],
    ['turning two-step verification on', 'accounts', ['twosv_enabled_for_user']],
    ['turning two-step verification off', 'accounts', ['twosv_disabled_for_user']],
    ['moving accounts between authentication policies', 'policies', ['auth_policy_members_updated']],
    ['creating an authentication policy', 'policies', ['auth_policy_created']],
    ['deleting an authentication policy', 'policies', ['auth_policy_deleted']],
    ['changing the members of a group', 'groups', ['group_members_updated']],
    ['creating a group', 'groups', ['group_created']],
    ['deleting a group', 'groups', ['group_deleted']],
  ])('%s', (words, collection, missing) => {
    const known = listed.filter(({ id }) => !(missing as readonly string[]).includes(id))
    expect(unloggedChanges(known)).toEqual({ accounts: [], policies: [], groups: [], [collection]: [words] })
  })

  it('are all of them where nothing is listed', () => {
    const { accounts, policies, groups } = unloggedChanges([])
    expect([accounts.length, policies.length, groups.length]).toEqual([14, 3, 3])
  })
})

describe('the accounts that an event names', () => {
  it.each([
    [[], []],
    [[{ id: 'a', type: 'users' }], ['a']],
    [
      [
        { id: 'ari:cloud:identity::user/a', type: 'user' },
        { id: 'g', type: 'groups' },
        { id: 'a', type: 'ACCOUNT' },
      ],
      ['a'],
    ],
    [[{ id: 'g', type: 'groups' }, 'text', null, { type: 'users' }, { id: 7, type: 'users' }, { id: 'x' }], []],
  ])('%j: %j', (context, ids) => {
    expect(accountsNamed(context)).toEqual(ids)
  })
})
