/** So many characters of a secret in a row are a piece of it. */
const pieceLength = 8

/** A shorter secret is hidden only as a whole: pieces of it would be found in ordinary words. */
const shortest = 2 * pieceLength

const shown = '[key]'

/** Hides a secret in a text: as it is, and where it is long enough each piece of it too, in any case, as it is or in base64, hex or a URL. */
export function hideSecret(secret: string): (text: string) => string {
  if (secret.length < shortest) return text => text.replaceAll(secret, shown)
  const pieces = new Set(formsOf(secret).flatMap(form => windows(form.toLowerCase())))
  return text => {
    const lower = text.toLowerCase()
    // Lower case is longer for a few letters, and then its places are not those of the text.
    if (lower.length !== text.length) return hidePlaces(lower, lower, pieces)
    return hidePlaces(text, lower, pieces)
  }
}

/** The longest run of a secret that every encoding of JSON leaves as it is; undefined where it is too short to tell a secret by. */
export function tellTale(secret: string): string | undefined {
  const [longest = ''] = [...secret.matchAll(/[\w-]+/g)].map(([run]) => run).sort((a, b) => b.length - a.length)
  return longest.length < shortest ? undefined : longest
}

function hidePlaces(text: string, lower: string, pieces: ReadonlySet<string>): string {
  let result = ''
  let kept = 0
  for (let at = 0; at + pieceLength <= text.length; at++) {
    if (!pieces.has(lower.slice(at, at + pieceLength))) continue
    let end = at + 1
    while (pieces.has(lower.slice(end, end + pieceLength))) end++
    result += text.slice(kept, at) + shown
    kept = at = end + pieceLength - 1
  }
  return kept === 0 ? text : result + text.slice(kept)
}

const windows = (form: string): readonly string[] =>
  Array.from({ length: Math.max(0, form.length - pieceLength + 1) }, (_, at) => form.slice(at, at + pieceLength))

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  // What base64 makes of a text depends on where in a group of three bytes it begins; the characters at its ends depend on its neighbours.
  const shifted = [0, 1, 2].map(before =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(before === 0 ? 0 : before + 1, -4),
  )
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...shifted, ...shifted.map(base64Url)]
}

const base64Url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
