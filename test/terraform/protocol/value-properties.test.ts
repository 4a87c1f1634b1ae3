import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unknown, type Value } from '../../../src/blocks/value.ts'
import { decodeValue } from '../../../src/terraform/protocol/decode-value.ts'
import { encodeValue } from '../../../src/terraform/protocol/encode-value.ts'
import { isWireFault } from '../../../src/terraform/protocol/wire-fault.ts'
import { typeFromJson, typeToJson, type WireType } from '../../../src/terraform/protocol/wire-type.ts'

const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'a', ''), fc.string({ unit: 'binary' }))

/** Any type that an attribute may have. */
const { type: anyType } = fc.letrec<{ type: WireType }>(tie => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<WireType>('string', 'number', 'bool', 'dynamic'),
    tie('type').map(list => ({ list })),
    tie('type').map(set => ({ set })),
    tie('type').map(map => ({ map })),
    fc.array(fc.tuple(key, tie('type')), { maxLength: 4 }).map(each => ({ object: Object.fromEntries(each) })),
  ),
}))

const plainNumber = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(each => each + 0),
)

const entries = (each: readonly (readonly [string, Value])[]): Value => Object.fromEntries(each)

/** A value of a type. */
function valueOf(type: WireType): fc.Arbitrary<Value> {
  const known = (): fc.Arbitrary<Value> => {
    switch (type) {
      case 'string':
        return fc.string({ unit: 'binary' })
      case 'number':
        return plainNumber
      case 'bool':
        return fc.boolean()
      case 'dynamic':
        return fc.oneof(fc.string({ unit: 'binary' }), plainNumber, fc.boolean())
    }
    if ('map' in type) return fc.array(fc.tuple(key, valueOf(type.map)), { maxLength: 4 }).map(entries)
    if ('object' in type)
      return fc
        .tuple(...Object.entries(type.object).map(([name, of]) => valueOf(of).map(value => [name, value] as const)))
        .map(entries)
    if ('tuple' in type) return fc.tuple(...type.tuple.map(valueOf))
    return fc.array(valueOf('list' in type ? type.list : type.set), { maxLength: 4 })
  }
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(null, unknown) }, { weight: 8, arbitrary: known() })
}

describe('always', () => {
  it('what goes comes back', () => {
    fc.assert(
      fc.property(
        anyType.chain(type => fc.tuple(fc.constant(type), valueOf(type))),
        ([type, value]) => {
          const types = new Map<string, WireType>()
          const sent = encodeValue(value, type, types)
          expect(decodeValue(sent, type, types)).toEqual(value)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('types survive their JSON', () => {
    fc.assert(
      fc.property(anyType, type => {
        expect(typeFromJson(JSON.parse(JSON.stringify(typeToJson(type))))).toEqual(type)
      }),
    )
  })

  it('hostile bytes are a value or a fault, never anything else', () => {
    const mangled = fc
      .tuple(
        anyType.chain(type => fc.tuple(fc.constant(type), valueOf(type))),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
      )
      .map(([[type, value], changes, cut]) => {
        const sent = Buffer.from(encodeValue(value, type, new Map()))
        for (const [at, byte] of changes) if (sent.length > 0) sent[at % sent.length] = byte
        return [type, sent.subarray(0, sent.length - cut)] as const
      })
    const random = fc.tuple(anyType, fc.uint8Array({ maxLength: 40 }))
    fc.assert(
      fc.property(fc.oneof(mangled, random), ([type, sent]) => {
        try {
          decodeValue(sent, type, new Map())
        } catch (thrown) {
          if (!isWireFault(thrown)) throw thrown
        }
      }),
      { numRuns: 3000 },
    )
  })
})
