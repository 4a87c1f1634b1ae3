import { compareText } from '../model/address.ts'

/**
 * A label for each name: a Terraform identifier of ASCII letters, digits, `_` and `-`, no two the same. A name of words, such as `Staff behind Okta`, keeps them; any other has a checksum at its
 * end, so that its label stays when names like it are added.
 */
export function labelsOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  const all = [...new Set(names)]
  // Words first: no checksum may take the label of a name that has none.
  const inOrder = [...all.filter(isWords).sort(compareText), ...all.filter(name => !isWords(name)).sort(compareText)]
  for (const name of inOrder) {
    const label = free(labelOf(name), taken)
    taken.add(label)
    labels.set(name, label)
  }
  return labels
}

const longest = 60

/** Names that a label can show so that no other name has the same. */
const isWords = (name: string): boolean =>
  name.length <= longest && /^[A-Za-z][A-Za-z0-9-]*( [A-Za-z0-9-]+)*$/.test(name)

const labelOf = (name: string): string =>
  isWords(name) ? name.replaceAll(' ', '_') : `${readable(name)}_${checksum(name)}`

/** What can be read of a name: its letters without their marks, and digits. */
function readable(name: string): string {
  const text = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, longest)
  return /^[A-Za-z]/.test(text) ? text : `_${text}`
}

/** FNV-1a over code units, in eight hexadecimal digits: it tells names apart, and guards nothing. */
function checksum(text: string): string {
  let sum = 0x811c9dc5
  for (let place = 0; place < text.length; place++) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193)
  return (sum >>> 0).toString(16).padStart(8, '0')
}

/** Two names may have one checksum, where somebody wants them to. */
function free(label: string, taken: ReadonlySet<string>): string {
  if (!taken.has(label)) return label
  for (let number = 2; ; number++) if (!taken.has(`${label}_${number}`)) return `${label}_${number}`
}
