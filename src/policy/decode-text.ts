import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'

/** Larger files are refused unread: 4 MiB hold some 100,000 addresses. */
export const maximumBytes = 4 * 1024 * 1024

/** The text of a file. A byte order mark is dropped, bytes that are not UTF-8 are refused with their place. */
export function decodeText(file: string, bytes: Uint8Array): Outcome<string> {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] }
  } catch {
    const byte = firstBadByte(bytes)
    const start = new TextDecoder('utf-8').decode(bytes.subarray(0, byte)).length
    return failed(
      diagnostic('policy/not-utf8', { byte, value: bytes[byte] ?? 0 }, { span: { file, start, end: start + 1 } }),
    )
  }
}

/** The longest prefix that decodes is found by halving: what follows a bad byte cannot make the prefix good. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (good < bad) {
    const middle = (good + bad + 1) >> 1
    if (decodes(bytes.subarray(0, middle))) good = middle
    else bad = middle - 1
  }
  return good
}

function decodes(bytes: Uint8Array): boolean {
  try {
    // A sequence that is only cut short is no error yet.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
