import { canBeName } from '../kinds/document-name.ts'

/** Names that documents declare for one another: the first candidate that a document can hold and nobody has; with a number where all are taken. */
export function uniqueNames(...reserved: readonly string[]): (...candidates: readonly string[]) => string {
  const taken = new Set(reserved)
  return (...candidates) => {
    const usable = candidates.filter(canBeName)
    const base = usable.at(-1) ?? 'unnamed'
    let name = usable.find(candidate => !taken.has(candidate))
    for (let number = 2; name === undefined; number++) {
      const numbered = `${Array.from(base).slice(0, 240).join('').trim()} ${number}`
      if (!taken.has(numbered)) name = numbered
    }
    taken.add(name)
    return name
  }
}
