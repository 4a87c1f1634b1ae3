import { describe, expect, it } from 'vitest'
import { guardCodes, guards, judgeRun, runGuards, withAllowed, withJudged } from '../../../src/engine/guards/index.ts'
import { guardWording } from '../../../src/diagnostics/guard-codes.ts'
import { account, emptyLive, organizationId } from '../documents.ts'
import { documents, inputOf, organizationOf, runInput, verdictOf, type Situation } from './input.ts'

const policies = await documents('', 'kind: AuthenticationPolicy\nname: P\ndirectory: local')
const nothing = await documents('')
const someone = { accounts: [account('a@acme.com', 'id-P')] }
const office = { 'IpAllowlist/Office': { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.1'] } }

const statusOf = (code: string, situation: Partial<Situation>, allow: readonly string[] = []) =>
  verdictOf(code, { desired: policies, live: someone, ...situation }, allow)

describe('other-organization', () => {
  const other = { id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }

  it.each([
    ['documents, key and ledger agree', { changes: { ledgerOrganization: organizationId } }, 'passed'],
    ['the ledger is new', {}, 'passed'],
    ['the key reads another', { live: { ...someone, organization: other } }, 'blocks'],
    ['the ledger belongs to another', { changes: { ledgerOrganization: other.id } }, 'blocks'],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('other-organization', changes).status).toBe(status)
  })

  it('cannot be lifted', () => {
    const found = statusOf('other-organization', { changes: { ledgerOrganization: other.id } }, ['other-organization'])
    expect(found.status).toBe('blocks')
    expect(found).not.toHaveProperty('lift')
  })
})

describe('empty-live', () => {
  it.each([
    ['there is an active account', {}, 'passed'],
    ['no account is shown', { live: {} }, 'blocks'],
    ['all accounts are deactivated', { live: { accounts: [account('a@acme.com', undefined, false)] } }, 'blocks'],
    ['no account is shown, and no document is about any', { live: {}, desired: nothing }, 'blocks'],
    [
      'everybody is external, and no document says otherwise',
      { live: { externals: [account('a@x.example')] }, desired: nothing },
      'passed',
    ],
    ['everybody is external, and policies are declared', { live: { externals: [account('a@x.example')] } }, 'blocks'],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('empty-live', changes).status).toBe(status)
  })
})

describe('empty-desired', () => {
  it.each([
    ['the documents govern something', {}, 'passed'],
    ['they govern nothing, and never did', { desired: nothing }, 'passed'],
    ['the last apply governed nothing either', { desired: nothing, lastApplied: {} }, 'passed'],
    ['they govern nothing any more', { desired: nothing, lastApplied: office }, 'blocks'],
  ])('where %s', (_, changes, status) => {
    expect(statusOf('empty-desired', changes).status).toBe(status)
  })

  it('names what was governed', () => {
    expect(statusOf('empty-desired', { desired: nothing, lastApplied: office }).summary).toContain('IpAllowlist/Office')
  })
})

describe('lifting', () => {
  const blocked = { desired: nothing, lastApplied: office, live: {} }
  const input = inputOf(blocked)
  const statuses = (allow: readonly string[]) =>
    new Map(runGuards(input, new Set(allow)).map(({ code, status }) => [code, status]))

  it('is by the guard’s own code, and that guard only', () => {
    const lifted = statuses(['empty-live'])
    expect([lifted.get('empty-live'), lifted.get('empty-desired')]).toEqual(['lifted', 'blocks'])
  })

  it('says how, where it is possible', () => {
    expect(verdictOf('empty-live', blocked).lift).toBe('--allow empty-live')
    expect(verdictOf('empty-live', blocked, ['empty-live'])).not.toHaveProperty('lift')
  })

  it('makes nothing of a guard that passed', () => {
    expect(verdictOf('empty-live', { desired: policies, live: someone }, ['empty-live']).status).toBe('passed')
  })

  it('of a saved plan is by the same codes, and leaves alone what nothing lifts and what is judged again', () => {
    const made = ['other-organization', 'empty-live', 'empty-desired', 'loosens'].map(code => ({
      code,
      status: 'blocks' as const,
      summary: 's',
      lift: 'l',
    }))
    const allow = new Set(['other-organization', 'empty-live', 'loosens'])
    expect(withAllowed(made, allow).map(({ code, status }) => [code, status])).toEqual([
      ['other-organization', 'blocks'],
      ['empty-live', 'lifted'],
      ['empty-desired', 'blocks'],
      ['loosens', 'blocks'],
    ])
    expect(withAllowed(made, allow)[1]).not.toHaveProperty('lift')
  })
})

describe('judging again', () => {
  it('replaces by code, in place, and adds what an older plan does not have', async () => {
    const again = judgeRun(runInput(await organizationOf()), new Set())
    const made = [
      { code: 'empty-live', status: 'passed' as const, summary: 'kept' },
      { code: 'frozen', status: 'blocks' as const, summary: 'replaced' },
    ]
    const all = withJudged(made, again)
    expect(all.map(({ code, status }) => [code, status]).slice(0, 2)).toEqual([
      ['empty-live', 'passed'],
      ['frozen', 'passed'],
    ])
    expect(all.map(({ code }) => code).slice(2)).toEqual(['loosens', 'suspends', 'needs-approval', 'stale-plan'])
  })
})

describe('codes', () => {
  it('are bare and unique, and each has words as a diagnostic', () => {
    expect(new Set(guardCodes).size).toBe(guardCodes.length)
    expect(guardCodes.filter(code => code.includes('/'))).toEqual([])
    const worded = Object.keys(guardWording).filter(code => code !== 'guard/unknown-code')
    expect(worded.sort()).toEqual(guardCodes.map(code => `guard/${code}`).sort())
  })

  it('that `--allow` never lifts are these', () => {
    expect(guards.filter(({ liftable }) => !liftable).map(({ code }) => code)).toEqual([
      'other-organization',
      'suspends',
      'needs-approval',
    ])
  })

  it('say something whatever they find', () => {
    const all = runGuards(inputOf({ desired: nothing, live: emptyLive }), new Set())
    expect(all.filter(({ summary }) => summary.trim() === '' || summary.includes('undefined'))).toEqual([])
  })
})
