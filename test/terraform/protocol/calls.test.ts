import { afterEach, describe, expect, it } from 'vitest'
import { unknown } from '../../../src/blocks/value.ts'
import type { Provider } from '../../../src/terraform/contract.ts'
import type { PlainObject } from '../plain-values.ts'
import { startPlugin, type Plugin } from '../plugin-client.ts'
import { smallProvider } from '../small-provider.ts'

let plugin: Plugin | undefined
afterEach(async () => {
  await plugin?.close()
  plugin = undefined
})

const offered = async (parts: Partial<Provider> = {}): Promise<Plugin> =>
  (plugin = await startPlugin({ provider: smallProvider(parts) }))

const full: PlainObject = {
  name: 'a',
  amount: 12.5,
  on: false,
  secret: 's',
  words: ['b', 'a', 'b'],
  tags: ['x', 'y'],
  labels: { z: '1', ['__proto__']: '2' },
  shape: { side: 3, colour: null },
  anything: ['"string"', 'any'],
  parts: { 'a b': { weight: 1, notes: ['n'] } },
  one: { name: 'o' },
  many: [{ name: 'm' }],
  some: [{ name: null }],
}

/** As it comes back: fractions as digits. */
const back = {
  ...full,
  amount: '12.5',
  anything: [expect.any(Uint8Array), 'any'],
  labels: { z: '1', 'key __proto__': '2' },
}

describe('calls', () => {
  it('lists types and what the provider can do', async () => {
    const { call } = await offered()
    expect(await call('GetMetadata', {})).toMatchObject({
      resources: [{ typeName: 'small_thing' }],
      dataSources: [{ typeName: 'small_look' }],
      serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true, moveResourceState: false },
    })
    expect(await call('GetFunctions', {})).toEqual({ diagnostics: [] })
  })

  it('tells its schemas', async () => {
    const { call } = await offered()
    const { resourceSchemas, provider } = await call('GetProviderSchema', {})
    const { version, block } = resourceSchemas['small_thing'] ?? expect.fail()
    expect(version).toBe(3)
    expect(block.description).toBe('A *thing*.')
    const shown = block.attributes.map(({ name, type, nestedType }) => [
      name,
      nestedType === null ? Buffer.from(type).toString() : nestedType.nesting,
    ])
    expect(Object.fromEntries(shown)).toEqual({
      id: '"string"',
      name: '"string"',
      amount: '"number"',
      on: '"bool"',
      secret: '"string"',
      words: '["list","string"]',
      tags: '["set","string"]',
      labels: '["map","string"]',
      shape: '["object",{"side":"number","colour":"string"}]',
      anything: '"dynamic"',
      parts: 'MAP',
      one: 'SINGLE',
      many: 'LIST',
      some: 'SET',
    })
    expect(block.attributes.find(({ name }) => name === 'secret')).toMatchObject({ optional: true, sensitive: true })
    expect(provider.block.attributes).toMatchObject([{ name: 'key', sensitive: true, required: false }])
  })

  it('carries a resource through its life', async () => {
    const { call, object } = await offered()
    const typeName = 'small_thing'
    const config = await object(typeName, full)
    const planned = await call('PlanResourceChange', {
      typeName,
      priorState: null,
      proposedNewState: config,
      config,
      priorPrivate: Buffer.from('kept'),
    })
    expect(planned).toMatchObject({ diagnostics: [], plannedState: { ...back, id: unknown } })
    expect(planned.requiresReplace).toEqual(['parts["a b"].notes[0]'])
    expect(Buffer.from(planned.plannedPrivate).toString()).toBe('kept')
    const plannedState = { ...config, id: unknown }
    const applied = await call('ApplyResourceChange', { typeName, priorState: null, plannedState, config })
    expect(applied).toMatchObject({ diagnostics: [], newState: { ...back, id: '1' } })
    const currentState = { ...config, id: '1' }
    expect(await call('ReadResource', { typeName, currentState })).toMatchObject({ newState: { ...back, id: '1' } })
    const destroyed = { typeName, priorState: currentState, config: null }
    expect(await call('PlanResourceChange', { ...destroyed, proposedNewState: null })).toMatchObject({
      plannedState: null,
    })
    expect(await call('ApplyResourceChange', { ...destroyed, plannedState: null })).toMatchObject({ newState: null })
  })

  it('upgrades from JSON, imports and looks', async () => {
    const { call } = await offered()
    const rawState = { id: '1', name: 'n', ['__proto__']: 'left out' }
    expect(await call('UpgradeResourceState', { typeName: 'small_thing', version: 1, rawState })).toMatchObject({
      upgradedState: { id: '1', name: 'n', words: null },
    })
    expect(await call('ImportResourceState', { typeName: 'small_thing', id: 'i' })).toMatchObject({
      importedResources: [{ typeName: 'small_thing', state: { id: 'i', name: 'i', on: null } }],
    })
    expect(await call('ReadDataSource', { typeName: 'small_look', config: { name: 'l' } })).toMatchObject({
      state: { name: 'l' },
    })
  })

  it('tells problems with their paths, and nothing that could act on a terminal', async () => {
    const { call, object } = await offered({
      validateResource: () =>
        Promise.resolve([
          { severity: 'warning', summary: 'a\u001b[2Jb', detail: 'c\nd\u202e\ud800' },
          { severity: 'error', summary: 'e', path: [{ attribute: 'words' }, { index: 0 }] },
        ]),
    })
    const config = await object('small_thing', { name: 'n' })
    expect((await call('ValidateResourceConfig', { typeName: 'small_thing', config })).diagnostics).toEqual([
      { severity: 'WARNING', summary: 'a\\u{1b}[2Jb', detail: 'c\nd\\u{202e}\\u{d800}', path: '' },
      { severity: 'ERROR', summary: 'e', detail: '', path: 'words[0]' },
    ])
  })

  it('answers what it does not know as such, and stops when told', async () => {
    let stopped = 0
    const { send, call } = await offered({ stop: () => void (stopped += 1) })
    for (const path of ['/tfplugin6.Provider/MoveResourceState', '/plugin.GRPCStdio/StreamStdio', '/a.B/C'])
      await expect(send(path, new Uint8Array())).rejects.toMatchObject({ code: 12 })
    expect([...(await send('/grpc.health.v1.Health/Check', new Uint8Array()))]).toEqual([8, 1])
    expect(await call('StopProvider', {})).toEqual({ error: '' })
    expect(stopped).toBe(1)
  })

  it('carries 20 MB', async () => {
    const { call, object } = await offered()
    const words = Array.from({ length: 200_000 }, (_, at) => `${at}`.padEnd(100, 'x'))
    const config = await object('small_thing', { name: 'n', words })
    const { newState } = await call('ReadResource', { typeName: 'small_thing', currentState: config })
    expect(newState?.['words']).toHaveLength(200_000)
  })

  it('works without TLS where Terraform does', async () => {
    plugin = await startPlugin({ provider: smallProvider(), tls: false })
    expect(plugin.line).toMatch(/\|grpc\|$/)
    expect(await plugin.call('GetMetadata', {})).toMatchObject({ diagnostics: [] })
  })
})

describe('a bug in the provider', () => {
  it('is told as one, without the words of what was thrown, and the state stays', async () => {
    const thrown = () => Promise.reject(new TypeError('hunter2 is the secret\n    at secret:1:1'))
    const { call, object } = await offered({ apply: thrown, read: thrown, plan: thrown })
    const config = await object('small_thing', { name: 'n' })
    const prior = { ...config, id: '7' }
    const both = { typeName: 'small_thing', priorState: prior, config }
    const applied = await call('ApplyResourceChange', { ...both, plannedState: prior, plannedPrivate: Buffer.of(1) })
    expect(applied).toMatchObject({ newState: prior, diagnostics: [{ severity: 'ERROR' }] })
    expect([...applied.private]).toEqual([1])
    expect(applied.diagnostics[0]?.summary).toBe('This is a bug in the postern provider')
    expect(applied.diagnostics[0]?.detail).toMatch(/^ApplyResourceChange failed with TypeError at calls.test.ts:\d/)
    const read = await call('ReadResource', { typeName: 'small_thing', currentState: prior })
    expect(read).toMatchObject({ newState: prior, diagnostics: [{ severity: 'ERROR' }] })
    const planned = await call('PlanResourceChange', { ...both, proposedNewState: prior })
    expect(planned).toMatchObject({ plannedState: null, diagnostics: [{ severity: 'ERROR' }] })
    expect(JSON.stringify([applied, read, planned])).not.toContain('hunter2')
  })

  it.each([
    ['a value of another type', () => Promise.resolve({ problems: [], state: { name: 5 } })],
    ['what is not an error', () => Promise.reject(Object.create(null) as Error)],
    ['at once', () => expect.fail('x')],
  ])('is one error: %s', async (_name, read) => {
    const { call, object } = await offered({ read })
    const currentState = await object('small_thing', { name: 'n' })
    const { diagnostics, newState } = await call('ReadResource', { typeName: 'small_thing', currentState })
    expect(diagnostics.map(({ summary }) => summary)).toEqual(['This is a bug in the postern provider'])
    expect(newState).toEqual(currentState)
  })
})
