import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../src/terraform/protocol/answer.ts'
import { providerCalls } from '../../../src/terraform/protocol/provider-calls.ts'
import { readDiagnostics, readResponse, requestBytes, type CallName, type Diagnostic } from '../plugin-messages.ts'
import { smallProvider } from '../small-provider.ts'

const provider = Promise.resolve(smallProvider())

function asked(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const call = providerCalls[name] ?? expect.fail(name)
  return answer(name, call, provider, bytes)
}

const told = async (name: CallName, bytes: Uint8Array): Promise<readonly Diagnostic[]> =>
  readDiagnostics(name, await asked(name, bytes))

const typeName = 'small_thing'
const unreadable = 'Terraform sent a value that the provider cannot read'
const dynamic = (field: number, part: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(field * 8 + 2, bytes.length + 2, part * 8 + 2, bytes.length), bytes])

describe('what means nothing', () => {
  it.each<[string, CallName, Uint8Array, Partial<Diagnostic>]>([
    [
      'no message',
      'ReadResource',
      Buffer.of(0xff),
      { summary: 'Terraform sent a message that the provider cannot read' },
    ],
    ['half a message', 'PlanResourceChange', Buffer.of(0x0a, 200), { detail: 'The call was PlanResourceChange.' }],
    [
      'a type that there is not',
      'ReadResource',
      requestBytes('ReadResource', { typeName: '__proto__', currentState: null }),
      {
        summary: unreadable,
        detail: 'In ReadResource, it is of a type that is no resource of this provider: __proto__.',
      },
    ],
    [
      'a resource as a data source',
      'ReadDataSource',
      requestBytes('ReadDataSource', { typeName, config: null }),
      { detail: 'In ReadDataSource, it is of a type that is no data source of this provider: small_thing.' },
    ],
    [
      'no configuration',
      'ValidateProviderConfig',
      new Uint8Array(),
      { summary: unreadable, detail: 'In ValidateProviderConfig, it is missing.' },
    ],
    [
      'null for a configuration',
      'ConfigureProvider',
      requestBytes('ConfigureProvider', { config: null }),
      { detail: 'In ConfigureProvider, it is missing.' },
    ],
    [
      'JSON for MessagePack',
      'ValidateProviderConfig',
      dynamic(1, 2, Buffer.from('{}')),
      { detail: 'In ValidateProviderConfig, it is JSON, not MessagePack.' },
    ],
    [
      'another shape',
      'ValidateProviderConfig',
      requestBytes('ValidateProviderConfig', { config: { key: ['\u001b'] } }),
      { detail: 'In ValidateProviderConfig, key must be a string.', path: 'key' },
    ],
    [
      'an attribute with a name that acts on terminals',
      'ValidateProviderConfig',
      requestBytes('ValidateProviderConfig', { config: { key: null, '\u001b[2J': null } }),
      { detail: 'In ValidateProviderConfig, it has an attribute that its schema does not have: \\u{1b}[2J.' },
    ],
    [
      'a state that is no JSON',
      'UpgradeResourceState',
      Buffer.concat([requestBytes('UpgradeResourceState', { typeName }), dynamic(3, 1, Buffer.from('{'))]),
      { detail: 'In UpgradeResourceState, it is not valid JSON.' },
    ],
    [
      'a state of Terraform 0.11',
      'UpgradeResourceState',
      Buffer.concat([
        requestBytes('UpgradeResourceState', { typeName }),
        dynamic(3, 2, Buffer.concat([Buffer.of(10, 1, 97, 18, 1, 98)])),
      ]),
      { detail: 'In UpgradeResourceState, it is a state of Terraform 0.11, which is not read.' },
    ],
    [
      'no state',
      'UpgradeResourceState',
      requestBytes('UpgradeResourceState', { typeName }),
      { detail: 'In UpgradeResourceState, it is missing.' },
    ],
    [
      'no type',
      'ImportResourceState',
      requestBytes('ImportResourceState', { typeName: '', id: 'x' }),
      { detail: 'In ImportResourceState, it is of a type that is no resource of this provider: .' },
    ],
  ])('is told as one error: %s', async (_name, name, bytes, diagnostic) => {
    expect(await told(name, bytes)).toEqual([expect.objectContaining({ severity: 'ERROR', ...diagnostic })])
  })

  it('leaves the state as it was, whatever is wrong with it', async () => {
    const state = { id: '1', other: true }
    for (const [name, request] of [
      ['ReadResource', { typeName, currentState: state, private: Buffer.of(7) }],
      [
        'ApplyResourceChange',
        { typeName, priorState: state, plannedState: null, config: null, plannedPrivate: Buffer.of(7) },
      ],
    ] as const) {
      const answered = readResponse(name, await asked(name, requestBytes(name, request)))
      expect(answered).toMatchObject({ newState: state, diagnostics: [{ summary: unreadable }] })
      expect([...answered.private]).toEqual([7])
    }
  })
})

interface Recorded {
  readonly call: CallName
  readonly request: string
}

describe('always', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('../recorded/small-thing.json', import.meta.url), 'utf8'),
  ) as readonly Recorded[]

  it('hostile bytes are answered with a message that Terraform can read', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 })
    const mangled = fc.tuple(fc.constantFrom(...recorded), changes, fc.nat(9)).map(([{ call, request }, each, cut]) => {
      const bytes = Buffer.from(request, 'base64')
      for (const [at, byte] of each) if (bytes.length > 0) bytes[at % bytes.length] = byte
      return [call, bytes.subarray(0, Math.max(0, bytes.length - (cut > 5 ? cut : 0)))] as const
    })
    const random = fc.tuple(
      fc.constantFrom(...(Object.keys(providerCalls) as CallName[])),
      fc.uint8Array({ maxLength: 60 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(mangled, random), async ([call, bytes]) => {
        const diagnostics = await told(call, bytes)
        expect(diagnostics.filter(({ summary }) => summary === 'This is a bug in the postern provider')).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})
