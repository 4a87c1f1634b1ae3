import type { Json } from '../model/json.ts'

// Latin, Greek and Cyrillic letters and digits. A few ranges, not \\p{L}: that one costs each start 100 ms.
const letter = 'A-Za-z0-9_\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff'

/** The key of a member, of a length that stays far below what YAML allows (1024). */
export const keyPattern = `[${letter}][${letter}-]{0,99}`

const inside = `${letter} .@/+();!?&=%$"'–—’“”…-`

/** Plain text in brackets, where a comma ends it. A colon that no blank follows is part of it, blanks at its end are not. */
export const wordPattern = `[${letter}][${inside}]*(?::(?=[^\\s,[\\]{}])[${inside}]*)*`

/** Plain text outside brackets. */
export const phrasePattern = `[${letter}][,${inside}]*(?::(?=\\S)[,${inside}]*)*`

/** Quoted text in which nothing stands for anything else. */
export const quotedPattern = `"[^"\\\\\\t\\r\\n]*"|'[^'\\t\\r\\n]*'`

/** What is left to the parser that knows places. No value: JSON has no such thing. */
export const notEveryday = undefined

/** Numbers that the two parsers may take for different ones: everything but plain whole and decimal ones. */
const doubtful = /^(?:[\d_]+\.?[\d_]*(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+)$/
const plainNumber = /^(?:0|[1-9]\d{0,14}|(?:0|[1-9]\d{0,8})\.\d{1,6})$/

/** What text stands for, of which one of both is given: plain or with its quotes. */
export const textValue = (plain: string | undefined, quoted: string | undefined): Json | undefined =>
  plain !== undefined ? plainValue(plain) : quoted?.slice(1, -1)

/** What plain text stands for in the core schema of YAML 1.2 (10.3.2). */
function plainValue(written: string): Json | undefined {
  const text = written.trimEnd()
  const first = text.charCodeAt(0)
  // 0 to 9, and _
  if ((first >= 48 && first <= 57) || first === 95)
    return doubtful.test(text) ? (plainNumber.test(text) ? Number(text) : notEveryday) : text
  switch (text) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true
    case 'false':
    case 'False':
    case 'FALSE':
      return false
    case 'null':
    case 'Null':
    case 'NULL':
      return null
    default:
      return text
  }
}
