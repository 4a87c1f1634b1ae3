import type { GuardFacts } from '../../src/diagnostics/guard-codes.ts'
import type { PlanFacts } from '../../src/diagnostics/plan-codes.ts'
import type { RolloutFacts } from '../../src/diagnostics/rollout-codes.ts'

const allowlist = { kind: 'IpAllowlist', name: 'Office and VPN' }

/** Facts that show how the messages of plan read. */
export const planSamples: PlanFacts = {
  'plan/unclaimed': { accounts: ['jo@acme.io', 'lee@acme.io'] },
  'plan/unknown-directory': { accounts: ['jo@acme.com'] },
  'plan/account-inactive': { account: 'jo@acme.com' },
  'plan/account-not-found': { account: 'joe@acme.com' },
  'plan/group-not-found': { group: 'contractor' },
  'plan/two-groups': { group: 'contractors', groups: 2 },
  'plan/external-group-members': { group: 'contractors', accounts: ['sam@partner.example'] },
  'plan/domain-not-verified': { domain: 'acme.io', status: 'unverified' },
  'plan/two-objects': {
    ...allowlist,
    ids: ['3c1b9a70-0d52-4f6f-8a0b-7f3f4a5f1d10', '8e44d2b9-51f7-4d0e-b6a2-0c9d3e6f7a21'],
  },
  'plan/unreadable-field': { ...allowlist, field: 'ranges' },
  'plan/settling': allowlist,
  'plan/access-violated': { rule: '`allowedDomains`', accounts: ['kim@elsewhere.example'] },
  'plan/access-spared': { accounts: ['root@acme-emergency.example'] },
  'plan/activity-unknown': { accounts: ['sam@partner.example'] },
  'plan/activity-unreadable': { why: 'could not ask when an account was last active: GET … answered 403' },
  'plan/activity-limit': { wanted: 840, asked: 150 },
  'plan/tokens-unreadable': { why: 'could not list API tokens: GET … answered 403' },
  'plan/no-address': { accounts: ['712020:5b0f3a9e-2b7c-4d5e-9f01-1a2b3c4d5e6f'] },
  'plan/evidence-contradicted': {
    kind: 'ExternalUserPolicy',
    name: 'external',
    path: 'settings.apiTokens',
    why: '9 tokens of its accounts still work',
  },
  'plan/no-longer-governed': { objects: ['AuthenticationPolicy/Contractors and break-glass'] },
  'plan/file-unreadable': {
    file: 'plan.json',
    why: 'it lacks what a saved plan has; the output of `--format json` is saved with `--out`',
  },
  'plan/file-edited': { file: 'plan.json' },
  'plan/file-foreign-request': { request: 'DELETE /admin/v1/orgs/…/policies/…' },
  'plan/newer-format': { file: 'plan.json', version: '2.0' },
}

/** Facts that show how the messages of a rollout read. */
export const rolloutSamples: RolloutFacts = {
  'plan/rollout-waiting': {
    policy: 'Staff behind Okta',
    claimed: 420,
    reached: 42,
    waiting: 378,
    stage: '10 %',
    by: 'percent',
  },
}

const approve = '`postern approve PLAN --as alice`; bob may, too'

/** What the guards say when they block, as they say it. */
export const guardSamples: GuardFacts = {
  'guard/too-many-moves': {
    summary:
      'the plan moves 64 of 420 active managed accounts (15.3 %); from 20 accounts on, above 10 %, it blocks: `a1@acme.com`, `a2@acme.com`, `a3@acme.com`, `a4@acme.com`, `a5@acme.com` and 59 more',
    lift: '--allow too-many-moves, or raise `guards.moves.percent` or `guards.moves.atLeast` in organization.yaml and apply that first',
  },
  'guard/too-many-suspensions': {
    summary:
      'the plan suspends 9 of 90 active external accounts (10 %); from 5 accounts on, above 5 %, it blocks: `kim@elsewhere.example` and 8 more',
    lift: '--allow too-many-suspensions, or raise `guards.suspensions.percent` or `guards.suspensions.atLeast` in organization.yaml and apply that first',
  },
  'guard/minimum-org-admins': {
    summary:
      '1 organization admin can sign in after every step, as far as known, 3 can now, and 2 must; shut out on the way: `ada@acme.com`, `lin@acme.com`',
    lift: '--allow minimum-org-admins, or lower `guards.minimumOrgAdmins` in organization.yaml and apply that first',
  },
  'guard/locks-out-admins': {
    summary:
      'every organization admin would depend on okta: if it fails nobody is left to switch single sign-on off; outside of it now: `root@acme.com`',
    lift: '--allow locks-out-admins, or keep one organization admin in a policy without single sign-on',
  },
  'guard/locks-out-runner': {
    summary: 'Postern would be shut out by an allowlist: `Office and VPN` leaves out `203.0.113.10`',
    lift: '--allow locks-out-runner, or add the addresses to `ranges`',
  },
  'guard/break-glass': {
    summary: '`api/move/AuthenticationPolicy/Staff behind Okta` moves `root@acme.com`',
    lift: '--allow break-glass',
  },
  'guard/untested-external': {
    summary:
      'all external users would be asked for it untested: one-time passcode. No evidence shows it in the test policy, which must carry it for 7d',
    lift: '--allow untested-external, or set it in the test policy, state it with `postern attest ExternalUserPolicy/test`, and wait that long',
  },
  'guard/loosens': {
    summary:
      'the plan loosens security: `settings.apiTokens` of `ExternalUserPolicy/external` goes from block to allow; that takes 1 approval, and 0 are there',
    lift: approve,
  },
  'guard/suspends': {
    summary: 'the plan suspends 2 accounts; that takes 1 approval, and 0 are there',
    lift: approve,
  },
  'guard/needs-approval': {
    summary: 'the plan has 3 steps and 1 changed document; that takes 1 approval, and 0 are there',
    lift: approve,
  },
  'guard/unverified': {
    summary: '1 declared setting without current evidence: `ExternalUserPolicy/external settings.sessionDuration`',
    lift: '--allow unverified, or take in console exports with `postern observe` and state the rest with `postern attest`',
  },
  'guard/stale-plan': {
    summary:
      'the plan was made at 2026-11-22T09:30:00.000Z and could be carried out for 1d, until 2026-11-23T09:30:00.000Z',
    lift: '--allow stale-plan, or plan again',
  },
  'guard/frozen': {
    summary: 'nothing is applied until 2027-01-02T00:00:00.000Z (end of year)',
    lift: '--allow frozen, or wait until it is over',
  },
  'guard/other-organization': {
    summary:
      'the ledger belongs to the organization 0f0d9c4e-7a11-4b57-8a35-6d2b1f0c9e77, the documents are for 96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
  },
  'guard/empty-desired': {
    summary:
      'the documents govern nothing any more; the last apply governed 5 objects, among them AuthenticationPolicy/Contractors and break-glass, AuthenticationPolicy/Staff behind Okta, ExternalUserPolicy/external',
    lift: '--allow empty-desired',
  },
  'guard/empty-live': {
    summary:
      'the organization shows no active managed account, although 2 authentication policies are declared: a filter may have been ignored, or the key may not see them',
    lift: '--allow empty-live',
  },
  'guard/unknown-code': { code: 'moves', known: ['too-many-moves', 'loosens'] },
}
