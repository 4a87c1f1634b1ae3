import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'

/** Larger files are refused unread: 4 MiB hold some 100,000 addresses. */
export const maximumBytes = 4 * 1024 * 1024

// What no YAML may hold (YAML 1.2.2, 5.1): it hides from people, or acts on their terminal. Half of a UTF-16 file without a mark is U+0000.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/

/** One for all files: to make one costs more than to decode a small file. */
const strict = new TextDecoder('utf-8', { fatal: true })

/** The text of a file. A byte order mark is dropped; bytes that are not UTF-8 and control characters are refused with their place. */
export function decodeText(file: string, bytes: Uint8Array): Outcome<string> {
  try {
    const text = strict.decode(bytes)
    const start = text.search(unprintable)
    if (start === -1) return { ok: true, value: withLineFeeds(text), diagnostics: [] }
    return failed(
      diagnostic(
        'policy/control-character',
        { code: text.charCodeAt(start) },
        { span: { file, start, end: start + 1 } },
      ),
    )
  } catch {
    const byte = firstBadByte(bytes)
    const start = new TextDecoder('utf-8').decode(bytes.subarray(0, byte)).length
    return failed(
      diagnostic('policy/not-utf8', { byte, value: bytes[byte] ?? 0 }, { span: { file, start, end: start + 1 } }),
    )
  }
}

/** A carriage return on its own ends a line in YAML 1.2 (5.4), which the parsers overlook. Places stay where they are. */
const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text)

/** The longest prefix that decodes is found by halving: what follows a bad byte cannot make the prefix good. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (good < bad) {
    const middle = (good + bad + 1) >> 1
    // A sequence that is only cut short is no error yet.
    if (decodes(bytes.subarray(0, middle), { stream: true })) good = middle
    else bad = middle - 1
  }
  // What was begun and not ended is not good: the é of Latin-1 begins a sequence.
  while (!decodes(bytes.subarray(0, good), { stream: false })) good--
  return good
}

function decodes(bytes: Uint8Array, options: { readonly stream: boolean }): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, options)
    return true
  } catch {
    return false
  }
}
