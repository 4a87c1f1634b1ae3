import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { isObject, type Json } from '../../src/model/json.ts'
import {
  exists,
  policiesFolder,
  policyFolder,
  start,
  temporaryFolder,
  writesOf,
  type Started,
} from '../operations/start.ts'
import { fakeWorld, type WorldOptions } from '../world.ts'

/** One command line in an empty folder with an organization behind it. */
async function postern(argv: readonly string[], options: Partial<WorldOptions> = {}) {
  const started = await start()
  return { started, ...(await again(started, argv, options)) }
}

async function again(started: Started, argv: readonly string[], options: Partial<WorldOptions> = {}) {
  const { simulator, clock } = started
  const cwd = await temporaryFolder()
  const told = fakeWorld({
    argv,
    cwd,
    clock,
    simulator,
    env: { POSTERN_API_KEY: simulator.apiKey, POSTERN_LEDGER: started.ledgerFolder, USER: 'alice' },
    ...options,
  })
  const code = await run(told.world)
  return { code, out: told.out(), err: told.err(), cwd }
}

/** The codes in the one JSON document that stdout holds. */
function codesIn(out: string): readonly unknown[] {
  const document = JSON.parse(out) as Json
  const diagnostics = isObject(document) ? document['diagnostics'] : undefined
  expect(isObject(document) && document['formatVersion']).toBe('1.0')
  return (diagnostics as readonly { readonly code: string }[]).map(({ code }) => code)
}

/** The same document: how grave what it tells is. */
const severitiesIn = (out: string): readonly string[] =>
  (JSON.parse(out) as { readonly diagnostics: readonly { readonly severity: string }[] }).diagnostics.map(
    ({ severity }) => severity,
  )

const withoutKey = { env: { USER: 'alice' } }

const wrongKey = { env: { POSTERN_API_KEY: 'wrong', USER: 'alice' } }

describe('a command that cannot run', () => {
  it.each<readonly [string, readonly string[], Partial<WorldOptions>, RegExp]>([
    ['apply without a terminal and without --yes', ['apply', policiesFolder], {}, /--yes/],
    ['plan without a key', ['plan', policiesFolder], withoutKey, /POSTERN_API_KEY/],
    ['apply without a key', ['apply', policiesFolder, '--yes'], withoutKey, /POSTERN_API_KEY/],
    ['a wrong key', ['plan', policiesFolder], wrongKey, /key/],
    ['a flag with a typing error', ['plan', policiesFolder, '--ou', 'plan.json'], {}, /did you mean `--out`\?/],
    ['a command with a typing error', ['paln', policiesFolder], {}, /did you mean `plan`\?/],
    ['a format that is none', ['plan', policiesFolder, '--format', 'yaml'], {}, /yaml/],
    ['a flag without its value', ['plan', policiesFolder, '--out'], {}, /--out/],
    ['an argument too many', ['plan', policiesFolder, 'more'], {}, /argument/],
    ['a guard that is none', ['plan', policiesFolder, '--allow', 'everything'], {}, /everything/],
    ['a folder that is not there', ['plan', 'nowhere'], {}, /nowhere/],
    ['attest without a terminal and without --set', ['attest', '--policies', policiesFolder], {}, /--set/],
    ['observe without a file', ['observe', '--policies', policiesFolder], {}, /file/],
  ])(
    '%s: exit 1, one explanation on stderr, nothing on stdout, nothing written',
    async (_, argv, options, explanation) => {
      const { code, out, err, started } = await postern(argv, options)
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(explanation)
      expect(err).not.toMatch(/^\s+at .*\.ts:/m)
      expect(writesOf(started.simulator)).toEqual([])
      expect(await exists(started.ledgerFolder)).toBe(false)
    },
  )
})

describe('with --format json stdout holds one JSON document', () => {
  it.each<readonly [string, readonly string[], Partial<WorldOptions>, number, readonly string[]]>([
    ['no key', ['plan', policiesFolder], withoutKey, 1, ['org/no-key']],
    ['a wrong key', ['plan', policiesFolder], wrongKey, 1, ['org/key-refused']],
    ['no consent', ['apply', policiesFolder], {}, 1, ['run/needs-consent']],
    ['a folder that is not there', ['validate', 'nowhere'], {}, 1, ['policy/not-a-folder']],
    [
      'a file that is no plan',
      ['apply', join(policiesFolder, 'network.yaml'), '--yes'],
      {},
      1,
      ['plan/file-unreadable'],
    ],
    ['an unknown flag', ['plan', policiesFolder, '--ouut', 'x'], {}, 1, ['run/usage']],
    ['an unknown command', ['paln'], {}, 1, ['run/usage']],
    ['no argument where one is needed', ['observe'], {}, 1, ['run/usage']],
    ['an export that is none', ['observe', 'nothing.csv', '--policies', policiesFolder], {}, 1, ['evidence/no-file']],
    [
      'an attestation of nothing',
      ['attest', 'ExternalUserPolicy/external', '--policies', policiesFolder],
      {},
      1,
      ['evidence/needs-terminal'],
    ],
  ])('%s', async (_, argv, options, exit, codes) => {
    for (const format of [['--format', 'json'], ['--format=json']]) {
      const { code, out } = await postern([...argv, ...format], options)
      expect([code, codesIn(out)]).toEqual([exit, codes])
    }
  })

  it.each([
    ['validate', 0],
    ['plan', 2],
    ['apply', 2],
  ])('%s that works', async (command, exit) => {
    const { code, out } = await postern([
      command,
      policiesFolder,
      ...(command === 'apply' ? ['--yes'] : []),
      '--format',
      'json',
    ])
    expect(code).toBe(exit)
    expect(severitiesIn(out)).not.toContain('error')
  })

  it('an apply whose step fails', async () => {
    const started = await start()
    started.simulator.fault({ match: { method: 'PUT' }, then: { status: 400, body: { errors: [] } } })
    const { code, out } = await again(started, ['apply', policiesFolder, '--yes', '--format', 'json'])
    expect([code, codesIn(out)]).toEqual([1, ['org/refused']])
  })

  it('an apply that a guard blocks', async () => {
    const started = await start()
    await again(started, ['apply', policiesFolder, '--yes'])
    const folder = await policyFolder({
      'a.yaml': `kind: Organization\nname: acme\nid: ${started.simulator.organizationId}\n`,
    })
    const writes = writesOf(started.simulator).length
    const { code, out } = await again(started, ['apply', folder, '--yes', '--format', 'json'])
    expect([code, JSON.parse(out)]).toEqual([
      3,
      expect.objectContaining({
        guards: expect.arrayContaining([
          expect.objectContaining({ code: 'empty-desired', status: 'blocks' }),
        ]) as unknown,
      }),
    ])
    expect(writesOf(started.simulator)).toHaveLength(writes)
  })
})

describe('consent', () => {
  it.each([
    ['yes', 2, 2],
    ['y', 1, 0],
    ['no', 1, 0],
    ['', 1, 0],
  ])('“%s” ends with %i and %i writes', async (answer, exit, writes) => {
    const { code, started } = await postern(['apply', policiesFolder], { answers: [answer] })
    expect([code, writesOf(started.simulator).length]).toEqual([exit, writes])
  })

  it('that was not given, because the input ended, is none', async () => {
    const { code, started } = await postern(['apply', policiesFolder], { answers: [] })
    expect([code, writesOf(started.simulator).length]).toEqual([1, 0])
  })
})

describe('a saved plan on the command line', () => {
  it('is made, carried out, and refused once it was edited', async () => {
    const started = await start()
    const file = join(await temporaryFolder(), 'plan.json')
    expect((await again(started, ['plan', policiesFolder, '--out', file])).code).toBe(2)
    const text = await readFile(file, 'utf8')
    const edited = join(await temporaryFolder(), 'edited.json')
    await writeFile(edited, text.replace('owen.price@acme.com', 'alice@acme.com'))
    const refused = await again(started, ['apply', edited, '--yes'])
    expect([refused.code, writesOf(started.simulator)]).toEqual([1, []])
    expect(refused.err).toContain('edited.json')
    expect((await again(started, ['apply', file, '--yes'])).code).toBe(2)
    expect(writesOf(started.simulator)).toHaveLength(2)
  })
})
