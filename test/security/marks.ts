import { createHash } from 'node:crypto'
import { writeSecret } from '../../src/approvals/secret.ts'

/** A secret that a test would recognize anywhere. */
export interface Mark {
  readonly name: string
  readonly text: string
}

const derived = (name: string): Buffer => createHash('sha512').update(`a mark for ${name}`).digest()

const seed = (name: string): Mark => ({ name: `seed of ${name}`, text: writeSecret(derived(name).subarray(0, 20)) })

/** Made when the tests run, so that nothing that looks like a secret stands in a file. */
export const marks = {
  apiKey: { name: 'API key', text: `ATCTT3x${derived('api').toString('base64url').slice(0, 64)}=9F1C04AB` },
  webhook: { name: 'webhook secret', text: `whsec+${derived('webhook').toString('base64').slice(0, 48)}` },
  snapshot: { name: 'snapshot secret', text: derived('snapshot').toString('hex').slice(0, 64) },
  alice: seed('alice'),
  bob: seed('bob'),
  command: seed('the command'),
  accessKey: { name: 'AWS access key', text: `AKIA${derived('access').toString('hex').toUpperCase().slice(0, 16)}` },
  secretKey: { name: 'AWS secret key', text: derived('secret').toString('base64').slice(0, 40) },
  sessionToken: { name: 'AWS session token', text: `${derived('session').toString('base64').slice(0, 86)}==` },
} as const satisfies Readonly<Record<string, Mark>>

/** The bytes from which enrolment makes its secret. It is printed once, on purpose, and nowhere else. */
export const enrolled: Mark & { readonly bytes: Uint8Array } = {
  ...seed('enrolment'),
  bytes: derived('enrolment').subarray(0, 20),
}

/** So many characters of a secret in a row are a leak. */
export const pieceLength = 12

const json = (text: string): string => JSON.stringify(text).slice(1, -1)

const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('=', '&#61;').replaceAll('"', '&quot;')

/** The middle of what base64 makes of a text that begins at this place in a group of three bytes: its ends depend on the neighbours. */
const shifted = (text: string, before: number): string =>
  Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    .toString('base64')
    .slice(4, -4)

const base64Url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')

/** Every way in which a secret may turn up. */
export const formsOf = (text: string): readonly string[] => [
  text,
  json(text),
  html(text),
  encodeURIComponent(text),
  Buffer.from(text).toString('hex'),
  ...[0, 1, 2].flatMap(before => [shifted(text, before), base64Url(shifted(text, before))]),
  text.split('').reverse().join(''),
]

/** Finds marks in whatever was written: whole, in pieces, in any case and in all of their forms. */
export interface Searcher {
  /** The names of the marks in it, each once. */
  readonly find: (text: string | Uint8Array) => readonly string[]
  /** A one-time code that was given: to be found where it stands alone, since six digits turn up in long numbers. */
  readonly watchCode: (code: string) => void
  readonly bytes: () => number
}

export function searcher(all: readonly Mark[]): Searcher {
  const nameOf = new Map<string, string>()
  for (const { name, text } of all)
    for (const form of formsOf(text).map(each => each.toLowerCase()))
      for (let at = 0; at + pieceLength <= form.length; at++) nameOf.set(form.slice(at, at + pieceLength), name)
  const codes = new Set<string>()
  const known = new Map<string, readonly string[]>()
  let bytes = 0

  function findIn(line: string): readonly string[] {
    const names = new Set<string>()
    for (const [digits] of line.matchAll(/(?<![0-9a-f.])\d{6}(?![0-9a-f])/g))
      if (codes.has(digits)) names.add('one-time code')
    for (let at = 0; at + pieceLength <= line.length; at++) {
      const name = nameOf.get(line.slice(at, at + pieceLength))
      if (name !== undefined) names.add(name)
    }
    return [...names]
  }

  return {
    find: content => {
      const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1')
      bytes += text.length
      const names = new Set<string>()
      // The same lines are written again and again: each is looked at once.
      for (const line of text.toLowerCase().split('\n')) {
        let found = known.get(line)
        if (found === undefined) {
          found = findIn(line)
          known.set(line, found)
        }
        for (const name of found) names.add(name)
      }
      return [...names].sort()
    },
    watchCode: code => {
      codes.add(code)
      known.clear()
    },
    bytes: () => bytes,
  }
}
