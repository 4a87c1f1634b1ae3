import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { drift } from '../../src/operations/drift.ts'
import {
  foundBy,
  incremental,
  inConsole,
  accountOf,
  byApi,
  leave,
  minutes,
  type Incremental,
} from './incremental-world.ts'
import { check as checkOf } from '../operations/drift-world.ts'
import { start, valueOf, type StartOptions } from '../operations/start.ts'

const users = '/admin/v2/orgs/ORG/directories/-/users'

interface Stored {
  readonly content: Record<string, unknown>
}

async function rewrite(
  { cwd }: Incremental,
  section: string,
  change: (content: Stored['content']) => void,
): Promise<void> {
  const file = join(cwd, '.postern', `${section}.json`)
  const stored = JSON.parse(await readFile(file, 'utf8')) as Stored
  change(stored.content)
  await writeFile(file, JSON.stringify(stored))
}

const readingFile = ({ cwd }: Incremental): string => join(cwd, '.postern/reading.json')

/** What happens between two checks, and the code that the second one gives for reading everything. */
const causes: readonly (readonly [
  what: string,
  code: string,
  happens: (world: Incremental) => Promise<void> | void,
])[] = [
  ['a day goes by', 'day-old', ({ started }) => void (started.clock.time += 24 * 60 * minutes)],
  ['a day less some minutes goes by', 'day-old', ({ started }) => void (started.clock.time += 23 * 60 * minutes)],
  [
    'an apply ends',
    'applied',
    async ({ started, cwd }) => {
      const folder = join(cwd, 'policies')
      valueOf(await started.apply(valueOf(await started.plan(folder))))
    },
  ],
  ['a run is cut off', 'run-open', world => rewrite(world, 'runs', content => (content['open'] = 'run-1'))],
  ['its file is damaged', 'damaged', world => writeFile(readingFile(world), 'no JSON')],
  ['its file is gone', 'unusable', world => rm(readingFile(world))],
  [
    'its answers are others',
    'unusable',
    world => rewrite(world, 'reading', content => (content['answers'] = 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=')),
  ],
  [
    'its position is from before it',
    'unusable',
    world =>
      rewrite(
        world,
        'drift',
        content => (content['reading'] = { ...(content['reading'] as object), through: '2026-11-24T08:00:00.000Z' }),
      ),
  ],
  [
    'it is from another organization',
    'other-organization',
    world => rewrite(world, 'reading', content => (content['organization'] = 'b1d0b5a0-0000-4000-8000-000000000000')),
  ],
  [
    'it is from the future',
    'future',
    world => rewrite(world, 'reading', content => (content['fullAt'] = '2026-12-24T08:00:00.000Z')),
  ],
  [
    'an event of an action that nobody knows comes',
    'unknown-action',
    ({ started }) => leave(started, 'somebody_did_something', ['a']),
  ],
  [
    'an event of an account comes that names none',
    'names-no-account',
    ({ started }) => leave(started, 'user_suspended', []),
  ],
  [
    'an event names an account that is nowhere',
    'unknown-account',
    ({ started }) => leave(started, 'user_suspended', ['nobody']),
  ],
  [
    'a domain is verified',
    'everyone',
    ({ started }) => inConsole(started, 'domains', { name: 'acme.org', action: 'verify' }),
  ],
  [
    'an account disappears and no event tells',
    'counts-disagree',
    ({ started }) => {
      Object.assign(accountOf(started, 'ines@agency.example'), { membershipStatus: 'no_membership' })
    },
  ],
  [
    'two-step verification goes on and no event tells',
    'counts-disagree',
    ({ started }) => {
      accountOf(started, 'carlos.vega@acme.io').mfaEnabled = false
    },
  ],
  [
    'the key may not count accounts any more',
    'no-counts',
    ({ started }) => {
      started.simulator.fault({ match: { path: '/users/count' }, times: 1000, then: { status: 403 } })
    },
  ],
  [
    'the audit log goes',
    'no-audit-log',
    ({ started }) => {
      started.simulator.fault({ match: { path: '/event-actions' }, times: 1000, then: { status: 404 } })
    },
  ],
  [
    'the audit log fails',
    'audit-log-unread',
    ({ started }) => {
      started.simulator.fault({ match: { path: '/events-stream' }, times: 1000, then: { status: 500 } })
    },
  ],
  [
    'the log has no action for any change that matters',
    'actions-missing',
    ({ started }) => {
      started.simulator.fault({
        match: { path: '/event-actions' },
        times: 1000,
        then: {
          status: 200,
          body: {
            data: [{ id: 'user_login', type: 'event-actions', attributes: { displayName: 'Logged in to account' } }],
          },
        },
      })
    },
  ],
]

describe('a check reads everything, and says why, where', () => {
  it.each(causes)('%s', async (_, code, happens) => {
    const world = await incremental()
    const { started, check, fullCheck } = world
    await check()
    started.clock.time += 15 * minutes
    await happens(world)
    started.clock.time += 15 * minutes
    const full = await fullCheck()
    const found = await check()
    expect(found.reading).toMatchObject({ kind: 'full', fullAt: found.checkedAt })
    expect(found.reading.because.map(reason => reason.code)).toContain(code)
    if (found.complete) expect(foundBy(found)).toEqual(foundBy(full))
  })

  const without: readonly (readonly [what: string, options: StartOptions])[] = [
    ['there is no audit log', { audit: 'none' }],
  ]
  it.each(without)('%s, always, and keeps nothing', async (_, options) => {
    const world = await incremental(options)
    const { started, check, postern } = world
    for (let round = 0; round < 3; round++) {
      const found = await check()
      expect(found.reading).toEqual({
        kind: 'full',
        fullAt: found.checkedAt,
        because: [{ code: 'no-audit-log', summary: 'without the audit log nothing tells what changed' }],
      })
      started.clock.time += 15 * minutes
    }
    await expect(access(readingFile(world))).rejects.toThrow()
    expect((await postern('drift', 'policies')).out).toContain('Everything was read: without the audit log')
  })

  it('it is asked to, and keeps nothing that was not kept before', async () => {
    const world = await incremental()
    const { started, check } = world
    expect((await check('--full')).reading.because.map(({ code }) => code)).toEqual(['asked'])
    await expect(access(readingFile(world))).rejects.toThrow()
    await check()
    started.clock.time += 15 * minutes
    // Not in the log: only what reads everything sees it.
    accountOf(started, 'jo@acme.com').platformRoles = ['atlassian/org-admin']
    expect((await check()).reading.kind).toBe('incremental')
    const full = await check('--full')
    expect(full.reading.fullAt).toBe(full.checkedAt)
    started.clock.time += 15 * minutes
    const after = await check()
    // What it saw is kept: the next check does not forget it again.
    expect(after.reading).toMatchObject({ kind: 'incremental', fullAt: full.checkedAt })
    expect(foundBy(after)).toEqual(foundBy(full))
  })

  it('nothing was ever applied and the key may not see the log, and is complete all the same', async () => {
    const started = await start({ rateLimits: 'off' })
    started.simulator.fault({ match: { path: '/event-actions' }, then: { status: 403 } })
    for (let round = 0; round < 2; round++) {
      const { complete, reading } = await checkOf(started)
      expect([complete, reading.kind, reading.because.map(({ code }) => code)]).toEqual([
        true,
        'full',
        ['audit-log-unread'],
      ])
      started.clock.time += 15 * minutes
    }
    expect(await started.ledger.read('reading')).toBeUndefined()
  })

  it('not where nothing was ever applied and the log tells of no change', async () => {
    const started = await start({ rateLimits: 'off' })
    await checkOf(started)
    started.clock.time += 15 * minutes
    expect((await checkOf(started)).reading.kind).toBe('incremental')
  })

  it('a damaged file is left as it is, and nothing else is lost', async () => {
    const world = await incremental()
    await world.check()
    await writeFile(readingFile(world), 'no JSON')
    for (let round = 0; round < 2; round++) {
      world.started.clock.time += 15 * minutes
      const { complete, reading } = await world.check()
      expect([complete, reading.because.map(({ code }) => code)]).toEqual([true, ['damaged']])
    }
    expect(await readFile(readingFile(world), 'utf8')).toBe('no JSON')
    await rm(readingFile(world))
    world.started.clock.time += 15 * minutes
    await world.check()
    world.started.clock.time += 15 * minutes
    expect((await world.check()).reading.kind).toBe('incremental')
  })
})

describe('what is kept and where it stands', () => {
  it('belong together, though a check dies between writing one and the other', async () => {
    const { started, cwd, check, fullCheck } = await incremental()
    await check()
    started.clock.time += 15 * minutes
    await byApi(started, 'POST', `${users}/${accountOf(started, 'jo@acme.com').accountId}/suspend`)
    started.clock.time += 6 * minutes
    const ledger = folderLedger(join(cwd, '.postern'))
    const dying = {
      ...ledger,
      update: ((section, change) =>
        section === 'drift'
          ? Promise.reject(new Error('the process dies here'))
          : ledger.update(section, change)) satisfies typeof ledger.update,
    }
    const { connection } = started
    const dead = drift({ folder: join(cwd, 'policies'), connection, ledger: dying, now: started.now(), lastActive: 0 })
    await expect(dead).rejects.toThrow('dies here')
    started.clock.time += minutes
    const found = await check()
    expect(found.reading.because.map(({ code }) => code)).toEqual(['unusable'])
    expect(foundBy(found)).toEqual(foundBy(await fullCheck()))
  })

  it('belong together, though two checks run at once', async () => {
    const { started, cwd, check, fullCheck } = await incremental()
    await check()
    const { connection, ledger } = started
    for (const email of ['jo@acme.com', 'petra.vogel@acme.com', 'carlos.vega@acme.io']) {
      started.clock.time += 7 * minutes
      await byApi(started, 'POST', `${users}/${accountOf(started, email).accountId}/suspend`)
      const one = async (): Promise<void> => {
        valueOf(
          (await drift({ folder: join(cwd, 'policies'), connection, ledger, now: started.now(), lastActive: 0 }))
            .outcome,
        )
        started.clock.time += 6 * minutes
      }
      await Promise.all([one(), one(), one()])
    }
    started.clock.time += 15 * minutes
    expect(foundBy(await check())).toEqual(foundBy(await fullCheck()))
  })

  it('are not written again where nothing changed', async () => {
    const world = await incremental()
    await world.check()
    await rm(join(world.cwd, '.postern/previous'), { recursive: true, force: true })
    world.started.clock.time += 15 * minutes
    await world.check()
    await expect(access(join(world.cwd, '.postern/previous/reading.json'))).rejects.toThrow()
  })
})
