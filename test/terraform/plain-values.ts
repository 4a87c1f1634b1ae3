import { decode, encode, ExtData, ExtensionCodec } from '@msgpack/msgpack'
import { unknown } from '../../src/blocks/value.ts'

/** A value as tests write and read it. A number that is no whole one reads as its digits, as Terraform would send it. */
export type Plain = null | boolean | number | bigint | string | symbol | readonly Plain[] | PlainObject

export interface PlainObject {
  readonly [name: string]: Plain
}

/** Whatever extension it is, Terraform means a value that is not known. */
class Unknown extends ExtensionCodec {
  override decode() {
    return unknown
  }
}

/** The library refuses the key `__proto__`; read in here it gets a name that tests can look for. */
const keyDecoder = {
  canBeCached: () => true,
  decode: (bytes: Uint8Array, start: number, length: number) =>
    Buffer.from(bytes.subarray(start, start + length))
      .toString()
      .replace('__proto__', 'key __proto__'),
}

/** MessagePack as Terraform writes it. */
export const packed = (value: Plain): Uint8Array => encode(marked(value), { useBigInt64: true })

/** What Terraform would read. */
export const unpacked = (bytes: Uint8Array): Plain =>
  decode(bytes, { extensionCodec: new Unknown(), keyDecoder }) as Plain

function marked(value: Plain): unknown {
  if (value === unknown) return new ExtData(0, new Uint8Array(1))
  if (typeof value === 'number') return Number.isInteger(value) ? value : String(value)
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, marked(member)]))
}
