/** What is wrong with a text that should be a secret. */
export type SecretFault = 'not-base32' | 'too-short' | 'too-long'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bits of a secret that enrolment makes, as RFC 4226 recommends, and the least and most that are taken. */
export const secretBytes = 20
const leastBytes = 16
const mostBytes = 64

/** The bytes of a secret in Base32, as apps show it: case, blanks, hyphens and padding do not matter. */
export function readSecret(text: string): { readonly bytes: Uint8Array } | { readonly fault: SecretFault } {
  const plain = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  if (!/^[A-Z2-7]+$/.test(plain)) return { fault: 'not-base32' }
  const bytes = new Uint8Array(Math.floor((plain.length * 5) / 8))
  if (bytes.length < leastBytes) return { fault: 'too-short' }
  if (bytes.length > mostBytes) return { fault: 'too-long' }
  let bits = 0
  let held = 0
  let filled = 0
  for (const character of plain) {
    bits = ((bits << 5) | alphabet.indexOf(character)) & 0xfff
    held += 5
    if (held < 8) continue
    held -= 8
    bytes[filled++] = (bits >> held) & 0xff
  }
  return { bytes }
}

/** Bytes in Base32, without padding. */
export function writeSecret(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    held += 8
    while (held >= 5) {
      held -= 5
      text += alphabet.charAt((bits >> held) & 31)
    }
  }
  return held === 0 ? text : text + alphabet.charAt((bits << (5 - held)) & 31)
}

/** The variable that holds an approver's secret. */
export const secretVariable = (approver: string): string =>
  `POSTERN_APPROVER_${approver.toUpperCase().replaceAll('-', '_')}`
