import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Snapshot, SnapshotContent, SnapshotMatch } from '../../../src/model/snapshot.ts'
import { readPlan, savePlan } from '../../../src/operations/saved-plan.ts'
import { readSnapshot } from '../../../src/operations/snapshot/open-snapshot.ts'
import { publicKeyOf, signed, signingKey } from '../../../src/operations/snapshot/signature.ts'
import { desiredOf } from '../console.ts'
import { codesOf, policiesFolder, scenarioNamed, start, temporaryFolder, valueOf, type Started } from '../start.ts'
import { lived } from './lived.ts'
import { namesFor, plannedFrom, sameWords, signingSecret, taken } from './taking.ts'

const matches: readonly SnapshotMatch[] = ['named', 'everyone']

/** The folder that governs acme, with one text in all its files replaced by another. */
async function changed(from: string, to: string): Promise<string> {
  const folder = await temporaryFolder()
  await cp(policiesFolder, folder, { recursive: true })
  let found = false
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.yaml')) continue
    const text = await readFile(join(folder, name), 'utf8')
    found ||= text.includes(from)
    await writeFile(join(folder, name), text.replaceAll(from, to))
  }
  if (!found) throw new Error(`no document says ${from}`)
  return folder
}

const trusting = (key = publicKeyOf(signingKey(signingSecret))): Promise<string> =>
  changed('kind: Organization\n', `kind: Organization\nsnapshots: { signedBy: [${key}] }\n`)

async function written(snapshot: unknown): Promise<string> {
  const file = join(await temporaryFolder(), 'snapshot.json')
  await writeFile(file, typeof snapshot === 'string' ? snapshot : JSON.stringify(snapshot))
  return file
}

/** Everything that names somebody or is secret, wherever it is kept. */
function personal({ simulator }: Started): readonly string[] {
  const { accounts, groups } = simulator.state
  const texts = accounts.list.flatMap(({ accountId, email, name = '' }) => [
    accountId,
    email,
    email.split('@')[0] ?? '',
    name,
    ...name.split(' '),
  ])
  return [...texts, ...groups.map(({ name }) => name), 'alice', 'alice-gh', '203.0.113.77', simulator.apiKey]
}

describe('a snapshot', () => {
  it.each(matches)('holds no address, no name, no id of an account and no key: match %s', async match => {
    const started = await lived()
    const snapshot = await taken(started, policiesFolder, match)
    const text = JSON.stringify(snapshot).toLowerCase()
    const words = new Set([...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word))
    const found = personal(started).filter(one => {
      const folded = one.toLowerCase()
      // A short name is part of many a word: as a word of its own it must not stand there.
      return folded.length < 6 ? words.has(folded) : text.includes(folded)
    })
    expect(found).toEqual([])
    expect(text).not.toMatch(/@(?!d-[0-9a-f]{16}\.invalid")/)
    expect(text).not.toContain(signingSecret)
    // An exact time tells who somebody is whose activity others see.
    for (const { addedToOrg, lastActive } of snapshot.accounts)
      expect(`${addedToOrg ?? ''}${lastActive ?? ''}`).not.toMatch(/T\d\d:(?!00:00)/)
  })

  it('fits its schema', async () => {
    const schema = JSON.parse(readFileSync('schemas/snapshot.schema.json', 'utf8')) as object
    const validate = new Ajv2020({ strict: false }).compile(schema)
    validate(await taken(await lived(), policiesFolder))
    expect(validate.errors).toBeNull()
  })

  it.each(matches)(
    'makes the plan that the organization makes: members, coverage and guards: match %s',
    async match => {
      for (const started of [await start(), await lived()]) {
        const names = namesFor(await desiredOf(started, policiesFolder))
        const snapshot = await taken(started, policiesFolder, match)
        const live = valueOf(await started.plan(policiesFolder))
        const made = valueOf(await plannedFrom(started, policiesFolder, snapshot))
        expect(sameWords(made, names)).toEqual(sameWords(live, names))
        expect(made.requests.reads).toBe(0)
      }
    },
  )

  it.each([
    ['a setting loosened', 'apiTokens: block', 'apiTokens: allow'],
    ['a break-glass account that loses its exception', 'except: { accounts: [root@acme.com] }', 'priority: 1'],
    ['a stage', 'everyoneElse: true', 'everyoneElse: true\n  rollout: { percent: 30 }'],
    ['a shorter time without activity', 'inactiveAfter: 90d', 'inactiveAfter: 400d'],
    ['fewer domains', 'allowedDomains: [partner.example, ', 'allowedDomains: ['],
  ])('makes it for other documents too: %s', async (what, from, to) => {
    const started = await lived()
    const [trusted, folder] =
      what === 'a stage'
        ? [await changed(from, to), await changed(from, to)]
        : [policiesFolder, await changed(from, to)]
    const names = namesFor(await desiredOf(started, folder))
    const snapshot = await taken(started, trusted)
    const live = await started.plan(folder)
    const made = await plannedFrom(started, folder, snapshot)
    expect(live.ok).toBe(true)
    expect(sameWords(valueOf(made), names)).toEqual(sameWords(valueOf(live), names))
    const quiet = ['snapshot/any-signer']
    expect(codesOf(made).filter(code => !quiet.includes(code))).toEqual(codesOf(live))
  })

  it('tells no order that depends on the ids of accounts, which others know', async () => {
    const started = await lived()
    const folder = await changed('everyoneElse: true', 'everyoneElse: true\n  rollout: { percent: 30 }')
    const { turns, accounts } = await taken(started, folder)
    const [stage = []] = Object.values(turns)
    expect(stage).toEqual([...stage].sort())
    expect(stage.length).toBeGreaterThan(0)
    const inOrder = accounts.map(({ accountId }) => accountId)
    expect(inOrder).toEqual([...inOrder].sort())
  })

  it('says what it cannot tell of names that only the change brings, and can where it was taken for everyone', async () => {
    const started = await lived()
    const folder = await changed('accounts: [root@acme.com] #', 'accounts: [root@acme.com, Rosa.Silva@acme.com] #')
    const named = await plannedFrom(started, folder, await taken(started, policiesFolder))
    expect(named.diagnostics.find(({ code }) => code === 'snapshot/cannot-tell')?.facts).toEqual({
      names: ['Rosa.Silva@acme.com'],
    })
    const everyone = await plannedFrom(started, folder, await taken(started, policiesFolder, 'everyone'))
    expect(codesOf(everyone)).not.toContain('snapshot/cannot-tell')
    const names = namesFor(await desiredOf(started, folder))
    expect(sameWords(valueOf(everyone), names)).toEqual(sameWords(valueOf(await started.plan(folder)), names))
  })

  it('cannot make a plan of a group that nobody asked for, unless it was taken for everyone', async () => {
    const started = await start()
    const folder = await changed('groups: [contractors]', 'groups: [contractors, engineering]')
    const [group] = started.simulator.state.groups
    if (group === undefined) throw new Error('no group')
    started.simulator.state.groups.push({ ...group, id: 'g-9', name: 'engineering' })
    const named = await plannedFrom(started, folder, await taken(started, policiesFolder))
    expect(codesOf(named)).toContain('org/not-in-snapshot')
    expect((await plannedFrom(started, folder, await taken(started, policiesFolder, 'everyone'))).ok).toBe(true)
  })

  it('tells what the key could not read, as the organization does', async () => {
    const acme = scenarioNamed('acme')
    const scopes = [
      'read:orgs:admin',
      'read:domains:admin',
      'read:policies:admin',
      'read:users:admin',
      'read:groups:admin',
    ]
    const scenario = { ...acme, apiKeys: [...(acme.apiKeys ?? []), { key: 'scoped', scopes }] }
    const started = await start({ scenario, key: 'scoped' })
    const live = await started.plan(policiesFolder)
    const made = await plannedFrom(started, policiesFolder, await taken(started, policiesFolder))
    expect(codesOf(live)).toContain('plan/tokens-unreadable')
    // What the vendor says in its own words may name somebody.
    const said = ({ diagnostics }: typeof live) =>
      JSON.stringify(diagnostics.filter(({ code }) => code.endsWith('-unreadable'))).replace(/ “[^”]*”/, '')
    expect(said(made)).toBe(said(live))
    const names = namesFor(await desiredOf(started, policiesFolder))
    expect(sameWords(valueOf(made), names)).toEqual(sameWords(valueOf(live), names))
  })
})

describe('a snapshot is refused', () => {
  it.each<readonly [string, string, (content: SnapshotContent) => unknown]>([
    ['that somebody altered', 'snapshot/altered', content => resign(content, { match: 'everyone' })],
    [
      'with an account more',
      'snapshot/altered',
      ({ accounts, ...rest }) => resign({ ...rest, accounts }, { accounts: [...accounts, { accountId: 'x' }] }),
    ],
    [
      'whose signature is another',
      'snapshot/altered',
      content => ({
        ...signed(content, signingKey('one')),
        signature: signed(content, signingKey('two')).signature,
        takenAt: '2026-11-24T00:00:00Z',
      }),
    ],
    [
      'of another organization',
      'snapshot/other-organization',
      content => signed({ ...content, organization: { id: 'other', name: 'other' } }, signingKey(signingSecret)),
    ],
    [
      'that is too old',
      'snapshot/too-old',
      content => signed({ ...content, validUntil: '2026-11-24T07:59:59Z' }, signingKey(signingSecret)),
    ],
    [
      'from the future',
      'snapshot/from-the-future',
      content => signed({ ...content, takenAt: '2026-11-24T09:00:00Z' }, signingKey(signingSecret)),
    ],
    ['that somebody else signed', 'snapshot/other-signer', content => signed(content, signingKey('somebody else'))],
    ['that came later', 'snapshot/newer-format', content => ({ ...content, formatVersion: '2.0' })],
    ['that is none', 'snapshot/unreadable', () => ({ formatVersion: '1.0' })],
    ['that is no JSON', 'snapshot/unreadable', () => '{'],
    [
      'whose ledger is garbled',
      'snapshot/unreadable',
      content =>
        signed({ ...content, ledger: { ...content.ledger, evidence: { facts: [1] } } }, signingKey(signingSecret)),
    ],
  ])('%s', async (_, code, make) => {
    const started = await start()
    const folder = await trusting()
    const { signature, ...content } = await taken(started, folder)
    expect(signature.algorithm).toBe('ed25519')
    const read = await readSnapshot(await written(make(content)), 'snapshot.json')
    const codes = read.ok ? codesOf(await plannedFrom(started, folder, read.value)) : codesOf(read)
    expect(codes).toContain(code)
  })

  it('is believed where the documents name its key, and said to be anybody’s where they name none', async () => {
    const started = await start()
    const folder = await trusting()
    const snapshot = await taken(started, folder)
    const trusted = await plannedFrom(started, folder, snapshot)
    expect([codesOf(trusted).filter(code => code.startsWith('snapshot/')), valueOf(trusted).snapshot?.trusted]).toEqual(
      [[], true],
    )
    const other = await plannedFrom(started, policiesFolder, snapshot)
    expect([codesOf(other)[0], valueOf(other).snapshot?.trusted]).toEqual(['snapshot/any-signer', false])
  })

  it('while a run is open', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    await started.ledger.update('runs', () => ({ open: 'run-1' }))
    await started.ledger.journal.append('run-1', [
      { type: 'begin', run: 'run-1', at: '2026-11-24T08:00:00.000Z', by: 'alice', plan, remember: true },
    ])
    await expect(taken(started, policiesFolder)).rejects.toThrow('snapshot/run-open')
  })
})

it('a plan from a snapshot is not carried out, and its digest is not that of a plan of the organization', async () => {
  const started = await start()
  const made = valueOf(await plannedFrom(started, policiesFolder, await taken(started, policiesFolder)))
  const file = join(await temporaryFolder(), 'plan.json')
  valueOf(await savePlan(file, made))
  expect(codesOf(await readPlan(file))).toEqual(['snapshot/not-applied'])
  expect(made.digest).not.toBe(valueOf(await started.plan(policiesFolder)).digest)
})

/** As somebody does who cannot sign: the signature stays that of the content before. */
function resign(content: SnapshotContent, change: Partial<SnapshotContent>): Snapshot {
  return { ...signed(content, signingKey(signingSecret)), ...change }
}

it('tells nothing by an order: everything that has other names is sorted by those', async () => {
  const snapshot = await taken(await lived(), policiesFolder, 'everyone')
  const standIn = /(^|[/"])([an]-[0-9a-f]{16}|[0-9a-f]{16}@)/
  const wrong: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const items = Array.isArray(value) ? value.map(item => JSON.stringify(item)) : Object.keys(value)
    const named = items.filter(item => standIn.test(item))
    // What a policy asks of whom stands in its own document, in the order of that.
    const isDocument = path.includes('/documents/')
    const key = (item: string): string => /"accountId":"[^"]+"|"email":"[^"]+"/.exec(item)?.[0] ?? item
    const order = named.map(key)
    if (!isDocument && !path.startsWith('/ledger/evidence') && !path.startsWith('/ledger/audit'))
      if (JSON.stringify(order) !== JSON.stringify([...order].sort())) wrong.push(path)
    for (const [name, part] of Object.entries(value)) visit(part, `${path}/${name}`)
  }
  visit({ ...snapshot, known: {} }, '')
  expect(wrong).toEqual([])
})
