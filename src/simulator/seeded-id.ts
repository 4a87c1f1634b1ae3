/** Four 32-bit words that depend on every character of the text: spread evenly, not secret. */
export function hashWords(text: string): readonly [number, number, number, number] {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162
  let d = 0xdeadbeef
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = b ^ Math.imul(a ^ unit, 0x23d6a9b1)
    b = c ^ Math.imul(b ^ unit, 0xb36d5f37)
    c = d ^ Math.imul(c ^ unit, 0x38b34ae5)
    d = a ^ Math.imul(d ^ unit, 0xa1e38b93)
  }
  // Without a final mix, the last characters would leave most bits of `a` untouched.
  a = Math.imul(c ^ (a >>> 18), 0x23d6a9b1)
  b = Math.imul(d ^ (b >>> 22), 0xb36d5f37)
  c = Math.imul(a ^ (c >>> 17), 0x38b34ae5)
  d = Math.imul(b ^ (d >>> 19), 0xa1e38b93)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

const hex = (word: number): string => word.toString(16).padStart(8, '0')

/** A UUID that is the same for the same seed and name, on every machine. */
export function seededId(seed: number, name: string): string {
  const [a, b, c, d] = hashWords(`${seed}/${name}`)
  const digits = hex(a) + hex(b) + hex(c) + hex(d)
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) & 3)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
}

/** An Atlassian account id, in the form that accounts made since 2022 have. */
export const seededAccountId = (seed: number, foldedEmail: string): string =>
  `712020:${seededId(seed, `account/${foldedEmail}`)}`

/** A whole number from 0 to below `limit` that depends on the seed and the name only. */
export const seededNumber = (seed: number, name: string, limit: number): number =>
  hashWords(`${seed}/${name}`)[1] % limit
