import { encode } from '@msgpack/msgpack'
import { describe, expect, it } from 'vitest'
import { unknown, type Value } from '../../../src/blocks/value.ts'
import { decodeValue } from '../../../src/terraform/protocol/decode-value.ts'
import { encodeValue } from '../../../src/terraform/protocol/encode-value.ts'
import { isWireFault } from '../../../src/terraform/protocol/wire-fault.ts'
import type { WireType } from '../../../src/terraform/protocol/wire-type.ts'

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const str = (text: string): Uint8Array => encode(text)
const read = (from: Uint8Array, type: WireType): Value => decodeValue(from, type, new Map())
const written = (value: Value, type: WireType): string =>
  Buffer.from(encodeValue(value, type, new Map())).toString('hex')

/** What goes wrong, and where. */
function fault(from: Uint8Array, type: WireType): string {
  try {
    read(from, type)
  } catch (thrown) {
    if (isWireFault(thrown)) return `${JSON.stringify(thrown.path)} ${thrown.message}`
    throw thrown
  }
  return 'none'
}

describe('what comes', () => {
  it.each<[string, Uint8Array, WireType, Value]>([
    ['null', bytes('c0'), 'string', null],
    ['an unknown value', bytes('d4 00 00'), 'string', unknown],
    ['an unknown value that is not null', bytes('c7 03 0c 81 01 c2'), 'string', unknown],
    ['an unknown value with a prefix', bytes('c7 06 0c 82 01 c2 02 a1 61'), { list: 'string' }, unknown],
    ['an unknown in a list', bytes('92 c0 d4 00 00'), { list: 'string' }, [null, unknown]],
    ['true', bytes('c3'), 'bool', true],
    ['an empty string', bytes('a0'), 'string', ''],
    ['NUL and a byte order mark', str('\0\ufeffü'), 'string', '\0\ufeffü'],
    ['a small number', bytes('05'), 'number', 5],
    ['a negative number', bytes('ff'), 'number', -1],
    ['64 bits', bytes('d3 00 1f ff ff ff ff ff ff'), 'number', Number.MAX_SAFE_INTEGER],
    ['a power of two of 64 bits', bytes('cf 80 00 00 00 00 00 00 00'), 'number', 2 ** 63],
    ['a double', encode(0.5), 'number', 0.5],
    ['a large double', encode(2 ** 70), 'number', 2 ** 70],
    ['digits', str('0.1'), 'number', 0.1],
    ['many digits', str('1180591620717411303424'), 'number', 2 ** 70],
    ['digits with an exponent', str('1.5e3'), 'number', 1500],
    ['zeros', str('-000.000'), 'number', 0],
    ['a set', bytes('92 01 02'), { set: 'number' }, [1, 2]],
    ['a tuple', bytes('92 01 a1 61'), { tuple: ['number', 'string'] }, [1, 'a']],
    ['a dynamic null', bytes('c0'), 'dynamic', null],
    ['a dynamic unknown', bytes('d4 00 00'), 'dynamic', unknown],
    ['a dynamic string', encode([Buffer.from('"string"'), 'a']), 'dynamic', 'a'],
    ['a dynamic list', encode([Buffer.from('["list","number"]'), [1]]), 'dynamic', [1]],
    ['a dynamic object', encode([Buffer.from('["object",{"a":"dynamic"}]'), { a: null }]), 'dynamic', { a: null }],
  ])('reads %s', (_name, from, type, value) => {
    expect(read(from, type)).toEqual(value)
  })

  it('keeps a key `__proto__`', () => {
    const value = read(bytes('81 a9 5f5f70726f746f5f5f a1 61'), { map: 'string' })
    expect(Object.entries(value as object)).toEqual([['__proto__', 'a']])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(written(value, { map: 'string' })).toBe('81a95f5f70726f746f5f5fa161')
  })

  const object = { object: { a: 'string', b: { list: 'bool' } } } as const satisfies WireType
  it.each<[string, Uint8Array, WireType, string]>([
    ['nothing', bytes(''), 'string', '[] is not valid MessagePack'],
    ['more than one value', bytes('c0c0'), 'string', '[] is not valid MessagePack'],
    ['a byte that means nothing', bytes('c1'), 'string', '[] is not valid MessagePack'],
    ['half a string', bytes('a2 61'), 'string', '[] is not valid MessagePack'],
    ['a list that claims 4 billion items', bytes('dd ff ff ff ff'), { list: 'bool' }, '[] is not valid MessagePack'],
    ['a map that claims 4 billion keys', bytes('df ff ff ff ff'), { map: 'bool' }, '[] is not valid MessagePack'],
    ['a key that is no string', bytes('81 01 c3'), { map: 'bool' }, '[] is not valid MessagePack'],
    ['a key that is not UTF-8', bytes('81 a1 ff c3'), { map: 'bool' }, '[] is not valid MessagePack'],
    ['a number for a string', bytes('01'), 'string', '[] must be a string'],
    ['a string for a number', str('x'), 'number', '[] is a number that cannot be held exactly: x'],
    ['a string for true', str('true'), 'bool', '[] must be true or false'],
    ['broken UTF-8', bytes('a1 ff'), 'string', '[] is not valid UTF-8'],
    [
      'too precise a number',
      str('0.12345678901234567890'),
      'number',
      '[] is a number that cannot be held exactly: 0.12345678901234567890',
    ],
    [
      '2^53 + 1',
      bytes('d3 00 20 00 00 00 00 00 01'),
      'number',
      '[] is a number that cannot be held exactly: 9007199254740993',
    ],
    ['a double that only looks like 0.1', encode(0.1), 'number', '[] is a number that cannot be held exactly: 0.1'],
    ['an infinite number', encode(Infinity), 'number', '[] is a number that cannot be held exactly: Infinity'],
    [
      'a number of a megabyte',
      str('1'.repeat(1 << 20)),
      'number',
      `[] is a number that cannot be held exactly: ${'1'.repeat(40)}`,
    ],
    ['a huge exponent', str('1e999999'), 'number', '[] is a number that cannot be held exactly: 1e999999'],
    ['a map for a list', bytes('80'), { list: 'bool' }, '[] must be a list'],
    ['a list for a map', bytes('90'), { map: 'bool' }, '[] must be an object'],
    ['a list for an object', bytes('90'), object, '[] must be an object'],
    ['a missing attribute', encode({ a: 'x' }), object, '[{"attribute":"b"}] is missing'],
    [
      'an attribute too many',
      encode({ a: 'x', b: [], c: 1 }),
      object,
      '[] has an attribute that its schema does not have: c',
    ],
    [
      'something deep',
      encode({ a: 'x', b: [true, 1] }),
      object,
      '[{"attribute":"b"},{"index":1}] must be true or false',
    ],
    ['something in a set', bytes('91 01'), { set: 'string' }, '[] must be a string'],
    ['something in a map', encode({ k: 1 }), { map: 'string' }, '[{"key":"k"}] must be a string'],
    ['a short tuple', bytes('90'), { tuple: ['bool'] }, '[] has another length than its type'],
    ['a dynamic value without a type', str('a'), 'dynamic', '[] must come with its type'],
    ['a type that is no JSON', encode([Buffer.from('{'), 1]), 'dynamic', '[] comes with a type that means nothing'],
    [
      'a type that there is not',
      encode([Buffer.from('"date"'), 1]),
      'dynamic',
      '[] comes with a type that means nothing',
    ],
    [
      'an endless type',
      encode([Buffer.from('["list",'.repeat(50_000)), 1]),
      'dynamic',
      '[] comes with a type that means nothing',
    ],
  ])('refuses %s', (_name, from, type, message) => {
    expect(fault(from, type)).toBe(message)
  })

  it('goes only so deep', () => {
    const type = Buffer.from(JSON.stringify(['set', 'dynamic']))
    let value: unknown = null
    for (let depth = 0; depth < 90; depth += 1) value = [type, [value]]
    expect(fault(encode(value, { maxDepth: 1000 }), 'dynamic')).toBe('none')
    for (let depth = 0; depth < 90; depth += 1) value = [type, [value]]
    expect(fault(encode(value, { maxDepth: 1000 }), 'dynamic')).toBe('[] is nested too deeply')
    expect(fault(Buffer.alloc(1 << 20, 0x91), { list: 'bool' })).toBe('[] is not valid MessagePack')
    const deepType = Buffer.from(`${'["list",'.repeat(300)}"bool"${']'.repeat(300)}`)
    let list: unknown = []
    for (let depth = 1; depth < 300; depth += 1) list = [list]
    expect(fault(encode([deepType, list], { maxDepth: 1000 }), 'dynamic')).toMatch(/ is nested too deeply$/)
  })
})

describe('what goes', () => {
  it.each<[string, Value, WireType, string]>([
    ['an unknown value', unknown, 'string', 'd40000'],
    ['a dynamic unknown', unknown, 'dynamic', 'd40000'],
    ['a dynamic null', null, 'dynamic', 'c0'],
    ['a whole number', 300, 'number', 'cd012c'],
    ['minus zero', -0, 'number', '00'],
    ['a fraction', 0.1, 'number', 'a3302e31'],
    ['a large number', 2 ** 64, 'number', `b4${Buffer.from('18446744073709551616').toString('hex')}`],
    ['half a pair', '\ud800', 'string', 'a3efbfbd'],
    ['what is left out', {}, { object: { a: 'string' } }, '81a161c0'],
    ['what the type lacks', { b: 1 }, { object: {} }, '80'],
  ])('writes %s', (_name, value, type, hex) => {
    expect(written(value, type)).toBe(hex)
  })

  it('writes a dynamic value with its plainest type', () => {
    const type = Buffer.from('["tuple",["string",["object",{"a":"number"}],"dynamic"]]')
    expect(written(['a', { a: 1 }, null], 'dynamic')).toBe(
      Buffer.from(encode([type, ['a', { a: 1 }, null]])).toString('hex'),
    )
  })

  it.each<[string, Value, WireType]>([
    ['a number for a string', 1, 'string'],
    ['a string for a number', '1', 'number'],
    ['a number that is none', NaN, 'number'],
    ['a list for a map', [], { map: 'string' }],
    ['a list for an object', [], { object: {} }],
    ['an object for a list', {}, { list: 'string' }],
  ])('throws at %s, without the value', (_name, value, type) => {
    expect(() => written({ a: value }, { object: { a: type } })).toThrow(/^a value at \[\{"attribute":"a"\}\] is not a/)
  })

  it('gives a dynamic value the type that it came with', () => {
    const types = new Map<string, WireType>()
    const list = encode([Buffer.from('["list",["object",{"a":"string"}]]'), [{ a: null }]])
    const value = decodeValue(list, 'dynamic', types)
    expect(Buffer.from(encodeValue(value, 'dynamic', types))).toEqual(Buffer.from(list))
    const unset = encode([Buffer.from('"number"'), null])
    const nulls = new Map<string, WireType>()
    expect(decodeValue(unset, 'dynamic', nulls)).toBeNull()
    expect(Buffer.from(encodeValue(null, 'dynamic', nulls))).toEqual(Buffer.from(unset))
    expect(Buffer.from(encodeValue(true, 'dynamic', nulls))).toEqual(Buffer.from(encode([Buffer.from('"bool"'), true])))
  })
})
