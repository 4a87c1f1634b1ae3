import { describe, expect, it } from 'vitest'
import {
  accountsState,
  coverageState,
  organizationState,
  policyFolderState,
} from '../../src/blocks/data-source-states.ts'
import { membershipDocuments } from '../../src/blocks/membership-values.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import type { ValueObject } from '../../src/blocks/value.ts'
import { misfits } from './conforms.ts'

const levels = { none: 1, optional: 2, 'step-up': 3, 'two-step': 4, 'sso-mfa': 5 }

const states: Readonly<Record<keyof typeof schemas.dataSources, readonly ValueObject[]>> = {
  postern_organization: [
    organizationState({ id: 'o', name: 'acme', domains: [], directories: [], policies: [] }),
    organizationState({
      id: 'o',
      name: 'acme',
      domains: [{ name: 'acme.com' }, { name: 'acme.io', status: 'verified' }],
      directories: [{ id: 'd', name: 'Staff', synced: true }],
      policies: [{ id: 'p', accounts: 3 }],
    }),
  ],
  postern_accounts: [
    accountsState({ accounts: [] }),
    accountsState({
      status: 'active',
      policyId: 'p',
      managed: true,
      accounts: [{ id: 'a', email: 'a@acme.com', status: 'active', managed: true, policyId: 'p', domain: 'acme.com' }],
    }),
  ],
  postern_coverage: [
    coverageState({
      folder: 'policies',
      total: 15,
      managed: 10,
      external: 5,
      levels,
      declaredLevels: levels,
      gaps: [
        {
          email: 'a@b.c',
          accountClass: 'external',
          level: 'none',
          declaredLevel: 'step-up',
          reason: 'no',
          risk: ['admin'],
        },
      ],
      requirements: [
        { name: 'all', met: false, percent: 12.5, required: 100, severity: 'error', population: 8, meeting: 1 },
      ],
    }),
  ],
  postern_policy_folder: [
    policyFolderState({ path: 'nothing', documents: [], desiredDigest: 'd' }),
    policyFolderState({
      path: 'policies',
      desiredDigest: 'd',
      documents: (
        [
          { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.0/24'] },
          { kind: 'AuthenticationPolicy', name: 'Staff', directory: 'local', members: { groups: ['red'] } },
          { kind: 'AccountList', name: 'list', accounts: [] },
          { kind: 'Organization', name: 'acme', id: 'the-id', breakGlass: ['root@acme.com'] },
          { kind: 'ExternalUserPolicy', name: 'external' },
        ] as const
      ).map(spec => ({ kind: spec.kind, name: spec.name, spec })),
    }),
  ],
}

describe('the state of a data source', () => {
  it.each(Object.keys(states) as readonly (keyof typeof states)[])('%s has what its schema says', type => {
    for (const state of states[type]) expect(misfits(schemas.dataSources[type].attributes, state, 'value')).toEqual([])
  })

  it('names the levels of coverage as Terraform can', () => {
    expect(states.postern_coverage[0]).toMatchObject({
      levels: { none: 1, optional: 2, step_up: 3, two_step: 4, sso_mfa: 5 },
      gaps: [{ id: null, level: 'none', declared_level: 'step-up' }],
    })
  })

  it('of a folder is what the resources take, without lists of accounts', () => {
    const state = states.postern_policy_folder[1] ?? expect.fail()
    expect(state).toMatchObject({
      organization_id: 'the-id',
      organization: { name: 'acme', break_glass: [{ account: 'root@acme.com', mailbox: null }] },
      authentication_policies: { Staff: { name: 'Staff', directory: 'local', settings: null } },
      external_user_policies: { external: { name: 'external' } },
      ip_allowlists: { Office: { ranges: ['192.0.2.0/24'], enabled: null } },
    })
    expect((state['documents'] as readonly string[]).map(text => (JSON.parse(text) as { kind: string }).kind)).toEqual([
      'AuthenticationPolicy',
      'ExternalUserPolicy',
      'IpAllowlist',
      'Organization',
    ])
    expect(membershipDocuments(state['membership'] as ValueObject).documents.map(({ name }) => name)).toEqual(['Staff'])
  })
})
