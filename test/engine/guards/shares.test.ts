import { describe, expect, it } from 'vitest'
import { account } from '../documents.ts'
import { documents, moveOf, people, step, verdictOf } from './input.ts'

const limits = (more = '') => documents(more)

const suspension = (emails: readonly string[]) =>
  step({
    action: 'suspend',
    kind: 'ExternalUserPolicy',
    name: 'external',
    accounts: emails.map(email => ({ account: { accountId: `id-${email}`, email }, from: 'active' })),
  })

const emails = (count: number) => people(count).map(({ email }) => email)

describe('too-many-moves', () => {
  // The defaults: more than 10 %, and at least 20.
  it.each([
    ['nobody', 0, 1000, 'passed'],
    ['19 of 20: below the number', 19, 20, 'passed'],
    ['20 of 200: 10 % is not above 10 %', 20, 200, 'passed'],
    ['20 of 199: above', 20, 199, 'blocks'],
    ['20 of 20', 20, 20, 'blocks'],
    ['101 of 1000', 101, 1000, 'blocks'],
    ['100 of 1000', 100, 1000, 'passed'],
    ['20 of a listing that shows nobody', 20, 0, 'blocks'],
  ])('%s', async (_, moved, population, status) => {
    const found = verdictOf('too-many-moves', {
      desired: await limits(),
      live: { accounts: people(population) },
      changes: { steps: [moveOf(emails(moved))] },
    })
    expect(found.status).toBe(status)
    expect(found.summary).toContain(`moves ${moved} of ${population} active managed account`)
  })

  it('counts an account once, over all steps, and only active ones as the population', async () => {
    const desired = await limits('guards: { moves: { percent: 50, atLeast: 2 } }')
    const live = { accounts: [...people(4), account('gone@acme.com', undefined, false)] }
    const status = (...lists: readonly (readonly string[])[]) =>
      verdictOf('too-many-moves', {
        desired,
        live,
        changes: { steps: lists.map((list, index) => moveOf(list, { name: `P${index}` })) },
      }).status
    expect(status(['a@acme.com', 'b@acme.com'], ['a@acme.com', 'b@acme.com'])).toBe('passed')
    expect(status(['a@acme.com', 'b@acme.com'], ['c@acme.com'])).toBe('blocks')
  })

  it('names people, up to five, the flag that lifts it, and the line that would', async () => {
    const found = verdictOf('too-many-moves', {
      desired: await limits(),
      live: { accounts: people(30) },
      changes: { steps: [moveOf(emails(25))] },
    })
    expect(found.summary).toContain('`p0@acme.com`, `p10@acme.com`')
    expect(found.summary).toContain('and 20 more')
    expect(found.lift).toContain('--allow too-many-moves')
    expect(found.lift).toContain('`guards.moves.percent`')
    expect(found.lift).toContain('organization.yaml')
  })

  it('is lifted by its code', async () => {
    const situation = {
      desired: await limits(),
      live: { accounts: people(20) },
      changes: { steps: [moveOf(emails(20))] },
    }
    expect(verdictOf('too-many-moves', situation, ['too-many-moves']).status).toBe('lifted')
  })
})

describe('too-many-suspensions', () => {
  // The defaults: more than 5 %, and at least 5.
  it.each([
    ['nobody', 0, 100, 'passed'],
    ['4 of 4: below the number', 4, 4, 'passed'],
    ['5 of 100: 5 % is not above 5 %', 5, 100, 'passed'],
    ['5 of 99', 5, 99, 'blocks'],
    ['5 of a listing that shows nobody', 5, 0, 'blocks'],
  ])('%s', async (_, suspended, population, status) => {
    const found = verdictOf('too-many-suspensions', {
      desired: await limits(),
      live: { externals: people(population, undefined, 'x.example') },
      changes: { steps: [suspension(emails(suspended))] },
    })
    expect(found.status).toBe(status)
  })

  it('takes those that are suspended already for no part of the population', async () => {
    const externals = people(100, undefined, 'x.example').map((one, index) =>
      index < 50 ? one : { ...one, status: 'suspended' as const },
    )
    const found = verdictOf('too-many-suspensions', {
      desired: await limits(),
      live: { externals },
      changes: { steps: [suspension(emails(5))] },
    })
    expect([found.status, found.summary.includes('50 active external accounts')]).toEqual(['blocks', true])
  })
})

describe('thresholds', () => {
  it('are the stricter of what was last applied and what is proposed', async () => {
    const last = {
      'Organization/acme': (await limits('guards: { moves: { percent: 1, atLeast: 2 } }')).organization.spec as never,
    }
    const situation = {
      desired: await limits('guards: { moves: { percent: 100, atLeast: 1000 } }'),
      live: { accounts: people(100) },
      changes: { steps: [moveOf(emails(2))] },
    }
    expect(verdictOf('too-many-moves', situation).status).toBe('passed')
    expect(verdictOf('too-many-moves', { ...situation, lastApplied: last }).status).toBe('blocks')
  })
})
