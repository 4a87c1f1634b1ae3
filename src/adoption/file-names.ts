/** Files that Windows takes for devices, whatever comes behind the first dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/** Longer names are cut: with folder and ending they fit everywhere. */
const longest = 60

/** A name as a part of a file name that is harmless on every system: lower-case letters, digits and hyphens, never empty. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, longest)
    .replace(/-+$/, '')
  if (plain === '') return 'unnamed'
  return device.test(plain) ? `${plain}-1` : plain
}

/** One such part for each name, all different, in the order of the names: those that come later get a number. */
export function slugsOf(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    const slug = slugOf(name)
    let unique = slug
    for (let number = 2; taken.has(unique); number++)
      unique = `${slug.slice(0, longest - 1 - `${number}`.length)}-${number}`
    taken.add(unique)
    return unique
  })
}
