import { FAILSAFE_SCHEMA, loadAll, Type } from 'js-yaml'
import type { Json } from '../model/json.ts'

/**
 * The values of the documents in a text of plain, everyday YAML, without their places: five times faster than a parser that keeps them, which is
 * loaded only where something has to be pointed at. Undefined for every other text: two parsers must never read one text differently, so this one
 * is given only what leaves nothing to interpret.
 */
export function quickYaml(text: string): readonly Json[] | undefined {
  if (text.length > longestText || !isEveryday(text)) return undefined
  try {
    return (loadAll(text, undefined, { schema }) as Json[]).filter(value => value !== null)
  } catch {
    // The other parser says what is wrong, and where.
    return undefined
  }
}

/** In a text of this length the other parser cannot find more tokens than it takes: what is refused must not depend on who reads it. */
const longestText = 400_000

// Latin, Greek and Cyrillic letters and digits. A few ranges, not \\p{L}: that one costs each start 100 ms.
const letter = 'A-Za-z0-9_\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff'
const word = `[${letter}](?:[${letter} .@/+()-]*[${letter}.@/+()-])?`
/** Outside brackets a value may hold punctuation too, and a colon that no blank follows. */
const phrase = `[${letter}](?:(?:[${letter} .@/+(),;!?&=%$"\'–—’“”…-]|:(?=\\S))*[${letter}.@/+(),;!?&=%$"\'–—’“”…-])?`
const quoted = '"[^"\\\\\\t]*"|\'[^\'\\t]*\''
const scalar = `(?:${word}|${quoted})`
// Brackets as a row of tokens: whether they match is for the parser to say. A scalar ends where a token can follow, so that there is one way to read a row.
// One opens first, inside another one that has just opened, or after a key: after a comma it could be a key, which the other parser refuses.
const open = '(?:\\[ *)*[[{]'
const flow = `${open}(?: *(?:[\\]},]|${word}:(?= )(?: +${open})?|${scalar}(?= *[,\\]}])))* *[\\]}]`
const value = `(?:${phrase}|${quoted}|${flow})`
const comment = '(?: +#.*)?'

/** One line: blank, a comment, `---`, or an indented key, item, or item with a key, each with at most one value that ends on the line. */
const everydayLine = new RegExp(
  `^(?: *(?:#.*)?|---|( *)(?:- )?(?:[${letter}][${letter}-]*:(?: +(${value}))?|(?<=- )(${value}))${comment})$`,
)

/** Keeps the work for one line bounded, whatever a hostile one makes the expression try. */
const longestLine = 1000

/** Numbers that the two parsers may take for different ones: everything but plain whole and decimal ones. */
const doubtful = /^(?:[-+]?(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+)$/
const plainNumber = /^(?:0|[1-9]\d{0,14}|(?:0|[1-9]\d{0,8})\.\d{1,6})$/

function isEveryday(text: string): boolean {
  let endedAt = -1
  for (const line of text.split('\n')) {
    const match = line.length > longestLine ? null : everydayLine.exec(line)
    if (match === null) return false
    const [, indent, keyed, item] = match
    if (line === '---') endedAt = -1
    if (indent === undefined) continue
    // A deeper line after a value that has ended would go on with it.
    if (endedAt !== -1 && indent.length > endedAt) return false
    const own = keyed ?? item
    if (own !== undefined && isDoubtful(own)) return false
    endedAt = own === undefined ? -1 : indent.length + (keyed !== undefined && /^ *- /.test(line) ? 2 : 0)
  }
  return true
}

/** Whether a value, or one in its brackets, may be read as two different numbers. */
const isDoubtful = (text: string): boolean =>
  (/^[[{]/.test(text) ? (text.match(/[^\s,[\]{}:]+/g) ?? []) : [text]).some(
    part => doubtful.test(part) && !plainNumber.test(part),
  )

// The core schema of YAML 1.2, written out: the library's own takes numbers with underscores and binary ones as well.
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve: (data: string | null) => data === null || /^(?:~|[Nn]ull|NULL)?$/.test(data),
      construct: () => null,
    }),
    new Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (data: string | null) => data !== null && /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/.test(data),
      construct: (data: string) => data.toLowerCase() === 'true',
    }),
    new Type('tag:yaml.org,2002:float', {
      kind: 'scalar',
      resolve: (data: string | null) => data !== null && plainNumber.test(data),
      construct: Number,
    }),
  ],
})
