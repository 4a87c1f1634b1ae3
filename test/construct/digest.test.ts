import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCodes } from '../../src/engine/guards/index.ts'
import { plan, type InlineDocument } from '../../src/index.ts'
import { scenarioNamed, start, policyFolder, temporaryFolder } from '../operations/start.ts'
import { randomWorld } from '../properties/worlds.ts'
import { synthesize, type Given } from './synthesize.ts'

/** The digest that a plan of the folder carries, made by the library against a simulated organization. */
async function planned(folder: string, scenario = scenarioNamed('acme')): Promise<string | undefined> {
  const started = await start({ scenario })
  const made = await plan({
    folder,
    connection: { apiKey: started.simulator.apiKey, fetch: request => started.simulator.fetch(request) },
    ledger: await temporaryFolder(),
    clock: { now: started.clock.now, sleep: started.connection.sleep ?? (() => Promise.resolve()) },
    allow: guardCodes,
  })
  return made.ok ? made.value.desiredDigest : undefined
}

const digestOf = (given: Given): string => synthesize(given).policies.desiredDigest

describe('the digest of the construct is the one of the plan', () => {
  it('for the policies of this repository', async () => {
    expect(await planned('policies')).toBe(digestOf({ folder: 'policies' }))
  })

  it('for account lists, which stand in the policies that name them', async () => {
    const documents: readonly InlineDocument[] = [
      { kind: 'Organization', name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
      { kind: 'AccountList', name: 'listed', accounts: ['ann@acme.com', 'ben@acme.com'] },
      { kind: 'AuthenticationPolicy', name: 'a', directory: 'local', members: { accountLists: ['listed'] } },
    ]
    const written = await policyFolder({ 'all.yaml': documents.map(one => JSON.stringify(one)).join('\n---\n') })
    const digest = digestOf({ documents })
    expect(digestOf({ folder: written })).toBe(digest)
    expect(await planned(written)).toBe(digest)
  })

  it('for random documents, in a folder and in a program', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(randomWorld, async ({ scenario, documents }) => {
        const folder = await policyFolder(
          Object.fromEntries(documents.map((document, index) => [`${index}.yaml`, JSON.stringify(document)])),
        )
        const expected = await planned(folder, scenario)
        fc.pre(expected !== undefined)
        compared++
        expect(digestOf({ folder })).toBe(expected)
        expect(digestOf({ documents: documents as unknown as readonly InlineDocument[] })).toBe(expected)
      }),
      { numRuns: 12 },
    )
    expect(compared).toBe(12)
  })
})
