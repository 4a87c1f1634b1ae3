import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { desiredDigest } from '../../src/engine/digest.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { Places } from '../../src/diagnostics/to-document.ts'
import { checkFolder } from '../../src/policy/check-folder.ts'
import { maximumListed } from '../../src/policy/list-accounts.ts'
import { check, organization } from './check.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const list = (name: string, accounts: readonly string[]): JsonObject => ({ kind: 'AccountList', name, accounts })

const policy = (name: string, members: Json): JsonObject => ({
  kind: 'AuthenticationPolicy',
  name,
  directory: 'local',
  ...(name === 'A' && { default: true }),
  members,
})

/** Documents in a file each: JSON is YAML. */
const filesOf = (documents: readonly JsonObject[]): Readonly<Record<string, string>> => ({
  'organization.yaml': organization,
  ...Object.fromEntries(documents.map((document, index) => [`${index}.yaml`, `${JSON.stringify(document)}\n`])),
})

const checkDocuments = (documents: readonly JsonObject[]) => check(filesOf(documents))

const desiredOf = ({ result }: Awaited<ReturnType<typeof check>>): Desired => {
  if (!result.ok) throw new Error(result.diagnostics.map(({ code }) => code).join())
  return result.value
}

const membersOf = (desired: Desired) => desired.AuthenticationPolicy.map(({ spec }) => spec.members)

const jo = 'jo@acme.com'
const kim = 'kim@acme.com'
const lee = 'lee@acme.com'

describe('accounts of a list count as if they stood in the policy', () => {
  const table: readonly (readonly [string, Json, Json])[] = [
    ['under members', { accountLists: ['L'] }, { accounts: [jo, kim] }],
    ['after its own', { accounts: [lee], accountLists: ['L'] }, { accounts: [lee, jo, kim] }],
    ['list after list', { accountLists: ['M', 'L'] }, { accounts: [lee, jo, kim] }],
    ['each once', { accountLists: ['M', 'L', 'M'] }, { accounts: [lee, jo, kim] }],
    [
      'under except',
      { everyoneElse: true, except: { accounts: [lee], accountLists: ['L'] } },
      { everyoneElse: true, except: { accounts: [lee, jo, kim] } },
    ],
    [
      'under both',
      { accountLists: ['L'], except: { groups: ['x'], accountLists: ['M'] } },
      { accounts: [jo, kim], except: { groups: ['x'], accounts: [lee] } },
    ],
    ['of an empty list', { accountLists: ['None'] }, {}],
    ['of an empty list after its own', { accounts: [lee], accountLists: ['None'] }, { accounts: [lee] }],
    ['of no list', { accounts: [], accountLists: [] }, { accounts: [] }],
  ]
  const lists = [list('L', [jo, kim]), list('M', [lee]), list('None', [])]

  it.each(table)('%s', async (_, listed, inline) => {
    const found = desiredOf(await checkDocuments([policy('A', listed), ...lists]))
    const plain = desiredOf(await checkDocuments([policy('A', inline)]))
    expect(membersOf(found)).toEqual(membersOf(plain))
    expect(desiredDigest(hash, found)).toBe(desiredDigest(hash, plain))
    expect(found.AccountList.map(({ spec }) => spec.name)).toEqual(['L', 'M', 'None'])
  })

  it('whatever is listed, with the same refusals', async () => {
    const emails = [jo, kim, lee, 'JO@acme.com', 'sam@partner.example']
    const accounts = fc.array(fc.constantFrom(...emails), { maxLength: 4 })
    const selectors = fc.record({ accounts, cut: fc.integer({ min: 0, max: 4 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ members: selectors, except: selectors }), { minLength: 1, maxLength: 3 }),
        async worlds => {
          const named = worlds.map((world, index) => ({ ...world, name: 'ABC'.charAt(index) }))
          const inline = named.map(({ name, members, except }) =>
            policy(name, { accounts: members.accounts, except: { accounts: except.accounts } }),
          )
          const listed = named.flatMap(({ name, members, except }) => [
            policy(name, {
              accounts: members.accounts.slice(0, members.cut),
              accountLists: [`${name} in`],
              except: { accounts: except.accounts.slice(0, except.cut), accountLists: [`${name} out`] },
            }),
            list(`${name} in`, members.accounts.slice(members.cut)),
            list(`${name} out`, except.accounts.slice(except.cut)),
          ])
          const [plain, found] = [await checkDocuments(inline), await checkDocuments(listed)]
          expect([...found.codes].sort()).toEqual([...plain.codes].sort())
          expect(found.result.ok && desiredDigest(hash, found.result.value)).toBe(
            plain.result.ok && desiredDigest(hash, plain.result.value),
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('the place of an account', () => {
  const files = {
    'organization.yaml': organization,
    'policy.yaml': `kind: AuthenticationPolicy
name: A
directory: local
default: true
members:
  accounts: [ann@acme.com]
  accountLists: [M, L]
  except: { accountLists: [L] }
`,
    'lists.yaml': `kind: AccountList
name: L
accounts:
  - jo@acme.com
  - kim@acme.com
---
kind: AccountList
name: M
accounts: [lee@acme.com]
`,
  }
  const table: readonly (readonly [readonly (string | number)[], string])[] = [
    [['members', 'accounts', 0], 'policy.yaml:6:14'],
    [['members', 'accounts', 1], 'lists.yaml:9:12'],
    [['members', 'accounts', 2], 'lists.yaml:4:5'],
    [['members', 'accounts', 3], 'lists.yaml:5:5'],
    [['members', 'accounts'], 'policy.yaml:6:3'],
    [['members', 'except', 'accounts', 1], 'lists.yaml:5:5'],
    [['members', 'except', 'accounts'], 'policy.yaml:8:13'],
    [['members', 'except'], 'policy.yaml:8:3'],
    [['directory'], 'policy.yaml:3:1'],
  ]
  it.each(table)('%j is %s', async (path, place) => {
    const { result, texts } = await check(files, 'kept')
    if (!result.ok) throw new Error('refused')
    const { file, line, column } = new Places(texts).source(result.value.AuthenticationPolicy[0]?.locate(path) as never)
    expect(`${file}:${line}:${column}`).toBe(place)
  })

  it('is not worked out where nothing is wrong', async () => {
    const { result } = await check(files)
    expect(() => result.ok && result.value.AuthenticationPolicy[0]?.locate(['members', 'accounts', 1])).toThrow(
      'places',
    )
  })
})

describe('a list that no policy names', () => {
  const unused = { kind: 'AccountList', name: 'Pilots', accounts: [] }
  const table: readonly (readonly [string, readonly JsonObject[], readonly string[]])[] = [
    ['is a warning', [policy('A', {}), unused], ['policy/unused-account-list']],
    ['also where there is no policy', [unused], ['policy/unused-account-list']],
    ['is none where except names it', [policy('A', { except: { accountLists: ['Pilots'] } }), unused], []],
    [
      'nor where its name is misspelled',
      [policy('A', { accountLists: ['Pilot'] }), unused],
      ['policy/dangling-reference'],
    ],
    ['nor where the field is', [policy('A', { accountList: ['Pilots'] }), unused], ['policy/unknown-field']],
    ['nor where it is of a wrong type', [policy('A', { accountLists: 'Pilots' }), unused], ['policy/wrong-type']],
    ['nor where it has no name', [policy('A', {}), { kind: 'AccountList', accounts: [] }], ['policy/missing-field']],
  ]
  it.each(table)('%s', async (_, documents, codes) => {
    expect((await checkDocuments(documents)).codes).toEqual(codes)
  })

  it('is none where a document could not be read', async () => {
    const { codes } = await check({ ...filesOf([unused]), 'broken.yaml': 'kind: AuthenticationPolicy\nname: "A\n' })
    expect(codes).toEqual(['policy/yaml-syntax'])
  })
})

describe('more accounts than policies may hold together', () => {
  const size = maximumListed / 1_000
  const long = list(
    'L',
    Array.from({ length: size }, (_, index) => `user${index}@acme.com`),
  )
  // Each names the list a hundred times, which is naming it once.
  const policies = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      policy(`P${String(index).padStart(4, '0')}`, {
        except: { accountLists: Array.from({ length: 100 }, () => 'L') },
      }),
    )
  const codesOf = (count: number) => {
    const located: string[] = []
    const documents = [...policies(count), long].map(value => ({
      value,
      locate: (path: readonly (string | number)[]) => {
        located.push(`${value['name'] as string} ${path.join('.')}`)
        return { file: 'a.yaml', start: 0, end: 1 }
      },
    }))
    const { diagnostics } = checkFolder(
      'policies',
      [{ file: 'a.yaml', text: '', diagnostics: [], documents }],
      '2026-11-24',
    )
    const wanted = diagnostics.filter(({ code }) => code === 'policy/too-many-listed')
    return { found: wanted.length, located: located.filter(place => place.includes('accountLists')) }
  }

  it('are refused at the name that is too much', () => {
    expect(codesOf(1_001)).toEqual({ found: 1, located: ['P1000 members.except.accountLists.0'] })
  })
})

describe('a hundred thousand accounts in lists', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const { toLowerCase } = String.prototype
  afterEach(() => {
    String.prototype.toLowerCase = toLowerCase
  })

  it('are each looked at a few times, and located never', () => {
    const size = 100_000
    const emails = Array.from({ length: size }, (_, index) => `user${index}@acme.com`)
    const others = emails.slice(0, 20_000).map(email => email.replace('user', 'other'))
    const documents: readonly Json[] = [
      {
        kind: 'Organization',
        name: 'acme',
        id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
        domains: ['acme.com'],
        breakGlass: others.slice(0, 100),
      },
      policy('A', { accountLists: ['L', 'M'], except: { accountLists: ['N'] } }),
      policy('B', { everyoneElse: true, except: { accountLists: ['L'] } }),
      list('L', emails.slice(0, size / 2)),
      list('M', emails.slice(size / 2)),
      list('N', others),
    ]
    const locate = () => {
      throw new Error('nothing is wrong, so no place is wanted')
    }
    const file = { file: 'a.yaml', text: '', diagnostics: [], documents: documents.map(value => ({ value, locate })) }
    // Whatever compares addresses folds them.
    let folded = 0
    String.prototype.toLowerCase = function (this: string) {
      if (++folded > 30 * size) throw new Error('each account is compared with many')
      return toLowerCase.call(this)
    }
    const result = checkFolder('policies', [file], '2026-11-24')
    expect(result.diagnostics.map(({ code }) => code)).toEqual([])
    expect(folded).toBeGreaterThan(size)
    expect(result.ok && result.value.AuthenticationPolicy[0]?.spec.members?.accounts).toHaveLength(size)
  })
})
