import { describe, expect, it } from 'vitest'
import type { GuardInput } from '../../src/engine/guards/guard.ts'
import { guards, runGuards } from '../../src/engine/guards/index.ts'
import { account, documents, emptyLive, organizationId } from './documents.ts'

const policies = await documents('kind: AuthenticationPolicy\nname: P\ndirectory: local')
const nothing = await documents()

const input: GuardInput = {
  desired: policies,
  live: { ...emptyLive, accounts: [account('a@acme.com', 'id-P')] },
  steps: [],
  lastGoverned: undefined,
  ledgerOrganization: undefined,
}

const statusOf = (code: string, changes: Partial<GuardInput>, allow: readonly string[] = []) =>
  runGuards({ ...input, ...changes }, new Set(allow)).find(guard => guard.code === code)

describe('other-organization', () => {
  const other = { id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }

  it.each([
    ['documents, key and ledger agree', { ledgerOrganization: organizationId }, 'passed'],
    ['the ledger is new', {}, 'passed'],
    ['the key reads another', { live: { ...input.live, organization: other } }, 'blocks'],
    ['the ledger belongs to another', { ledgerOrganization: other.id }, 'blocks'],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('other-organization', changes)?.status).toBe(status)
  })

  it('cannot be lifted', () => {
    const found = statusOf('other-organization', { ledgerOrganization: other.id }, ['other-organization'])
    expect(found?.status).toBe('blocks')
    expect(found).not.toHaveProperty('lift')
  })
})

describe('empty-live', () => {
  it.each([
    ['there is an active account', {}, 'passed'],
    ['no account is shown', { live: { ...emptyLive, accounts: [] } }, 'blocks'],
    [
      'all accounts are deactivated',
      { live: { ...emptyLive, accounts: [account('a@acme.com', undefined, false)] } },
      'blocks',
    ],
    ['no account is shown, and no document is about any', { live: emptyLive, desired: nothing }, 'blocks'],
    [
      'everybody is external, and no document says otherwise',
      { live: { ...emptyLive, externals: [account('a@x.example')] }, desired: nothing },
      'passed',
    ],
    [
      'everybody is external, and policies are declared',
      { live: { ...emptyLive, externals: [account('a@x.example')] } },
      'blocks',
    ],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('empty-live', changes)?.status).toBe(status)
  })
})

describe('empty-desired', () => {
  it.each([
    ['the documents govern something', {}, 'passed'],
    ['they govern nothing, and never did', { desired: nothing }, 'passed'],
    ['the last apply governed nothing either', { desired: nothing, lastGoverned: [] }, 'passed'],
    ['they govern nothing any more', { desired: nothing, lastGoverned: ['IpAllowlist/Office'] }, 'blocks'],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('empty-desired', changes)?.status).toBe(status)
  })

  it('names what was governed', () => {
    const found = statusOf('empty-desired', { desired: nothing, lastGoverned: ['IpAllowlist/Office'] })
    expect(found?.summary).toContain('IpAllowlist/Office')
  })
})

describe('lifting', () => {
  const blocked = { desired: nothing, lastGoverned: ['IpAllowlist/Office'], live: { ...emptyLive, accounts: [] } }

  it('is by the guard’s own code, and that guard only', () => {
    expect(
      runGuards({ ...input, ...blocked }, new Set(['empty-live'])).map(({ code, status }) => [code, status]),
    ).toEqual([
      ['other-organization', 'passed'],
      ['empty-live', 'lifted'],
      ['empty-desired', 'blocks'],
    ])
  })

  it('says how, where it is possible', () => {
    expect(statusOf('empty-live', blocked)?.lift).toBe('--allow empty-live')
    expect(statusOf('empty-live', blocked, ['empty-live'])).not.toHaveProperty('lift')
  })

  it('makes nothing of a guard that passed', () => {
    expect(statusOf('empty-live', {}, ['empty-live'])?.status).toBe('passed')
  })
})

it('codes are bare and unique', () => {
  const codes = guards.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.filter(code => code.includes('/'))).toEqual([])
})
