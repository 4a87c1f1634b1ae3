import { decode as unpack, ExtensionCodec } from '@msgpack/msgpack'
import { unknown, type Value, type ValuePath } from '../../blocks/value.ts'
import { remember, type DynamicTypes } from './dynamic-types.ts'
import { exactDouble, exactNumber } from './exact-number.ts'
import { wireFault } from './wire-fault.ts'
import { typeFromJson, type WireType } from './wire-type.ts'

/** No honest value is deeper, and reading goes down with it. */
const deepest = 200

/** A number of more digits than Terraform computes with. */
const longestNumber = 1000

/** Whatever extension comes, it says that a value is not known; newer ones say a little about it too. */
class Extensions extends ExtensionCodec {
  override decode(): typeof unknown {
    return unknown
  }
}

const extensionCodec = new Extensions()

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Marks the keys of what was unpacked, so that `__proto__` is one like the others. */
const keyMark = '.'

/** The library refuses the bare key `__proto__`. */
const keyDecoder = {
  canBeCached: () => true,
  decode: (bytes: Uint8Array, start: number, length: number) =>
    keyMark + utf8.decode(bytes.subarray(start, start + length)),
}

/**
 * The value of a type that some MessagePack bytes hold. Throws a wire fault for bytes that hold none. What types dynamic values came with is kept in `types`.
 */
export function decodeValue(bytes: Uint8Array, type: WireType, types: DynamicTypes): Value {
  return read(unpacked(bytes), type, { path: [], depth: 0, types })
}

function unpacked(bytes: Uint8Array): unknown {
  try {
    return unpack(bytes, {
      extensionCodec,
      useBigInt64: true,
      // Broken UTF-8 is to be told, with its place.
      rawStrings: true,
      keyDecoder,
      mapKeyConverter: onlyText,
      // No honest list has more items than bytes; a false length must not take memory.
      maxArrayLength: bytes.length,
      maxMapLength: bytes.length,
    })
  } catch {
    throw wireFault('is not valid MessagePack')
  }
}

/** Where in the value the reader is. */
interface Place {
  readonly path: ValuePath
  readonly depth: number
  readonly types: DynamicTypes
}

/** One level down. Nothing leads into a set: what is wrong in it is told of the whole. */
const into = ({ path, depth, types }: Place, ...steps: ValuePath): Place => ({
  path: [...path, ...steps],
  depth: depth + 1,
  types,
})

function read(raw: unknown, type: WireType, place: Place): Value {
  if (place.depth > deepest) throw wireFault('is nested too deeply', place.path)
  if (raw === unknown) return unknown
  if (raw === null) return null
  switch (type) {
    case 'string':
      return text(raw, place)
    case 'number':
      return readNumber(raw, place)
    case 'bool':
      if (typeof raw === 'boolean') return raw
      throw wireFault('must be true or false', place.path)
    case 'dynamic':
      return readDynamic(raw, place)
  }
  if ('map' in type)
    return Object.fromEntries(
      members(raw, place).map(([name, member]) => [name, read(member, type.map, into(place, { key: name }))]),
    )
  if ('object' in type) return readObject(raw, type.object, place)
  if (!Array.isArray(raw)) throw wireFault('must be a list', place.path)
  const items: readonly unknown[] = raw
  if ('set' in type) return items.map(item => read(item, type.set, into(place)))
  if ('list' in type) return items.map((item, index) => read(item, type.list, into(place, { index })))
  if (items.length !== type.tuple.length) throw wireFault('has another length than its type', place.path)
  return type.tuple.map((member, index) => read(items[index], member, into(place, { index })))
}

function onlyText(key: unknown): string {
  if (typeof key === 'string') return key
  throw wireFault('has a key that is no string')
}

function text(raw: unknown, { path }: Place): string {
  if (!(raw instanceof Uint8Array)) throw wireFault('must be a string', path)
  try {
    return utf8.decode(raw)
  } catch {
    throw wireFault('is not valid UTF-8', path)
  }
}

function members(raw: unknown, { path }: Place): readonly (readonly [string, unknown])[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || raw instanceof Uint8Array)
    throw wireFault('must be an object', path)
  return Object.entries(raw).map(([name, member]) => [name.slice(keyMark.length), member])
}

function readObject(raw: unknown, attributes: Readonly<Record<string, WireType>>, place: Place): Value {
  const given = new Map(members(raw, place))
  const extra = [...given.keys()].find(name => !Object.hasOwn(attributes, name))
  if (extra !== undefined)
    throw wireFault(`has an attribute that its schema does not have: ${extra.slice(0, 100)}`, place.path)
  return Object.fromEntries(
    Object.entries(attributes).map(([name, type]) => {
      const member = into(place, { attribute: name })
      if (!given.has(name)) throw wireFault('is missing', member.path)
      return [name, read(given.get(name), type, member)]
    }),
  )
}

function readNumber(raw: unknown, place: Place): Value {
  if (typeof raw === 'number') return exactDouble(raw) ?? inexact(String(raw), place)
  // A number that fits neither 64 bits nor a double comes as decimal digits.
  const digits = typeof raw === 'bigint' ? String(raw) : raw instanceof Uint8Array ? text(raw, place) : undefined
  if (digits === undefined) throw wireFault('must be a number', place.path)
  const number = digits.length > longestNumber ? undefined : exactNumber(digits)
  return number ?? inexact(digits, place)
}

function inexact(digits: string, { path }: Place): never {
  throw wireFault(`is a number that cannot be held exactly: ${digits.slice(0, 40)}`, path)
}

function readDynamic(raw: unknown, place: Place): Value {
  const pair: readonly unknown[] = Array.isArray(raw) ? raw : []
  if (pair.length !== 2) throw wireFault('must come with its type', place.path)
  const type = parsedType(text(pair[0], place))
  if (type === undefined) throw wireFault('comes with a type that means nothing', place.path)
  remember(place.types, place.path, type)
  return read(pair[1], type, into(place))
}

function parsedType(json: string): WireType | undefined {
  try {
    return typeFromJson(JSON.parse(json))
  } catch {
    // Not JSON, or so deep that reading it ran out of stack.
    return undefined
  }
}
