/** Hands pages on as they come, and all that was on them once the last has come. Where one cannot be read, or nobody reads on, nothing is kept. */
export async function* keepPages<T>(
  pages: AsyncIterable<readonly T[]>,
  keep: (all: readonly T[]) => void,
): AsyncIterable<readonly T[]> {
  const all: T[] = []
  for await (const page of pages) {
    for (const item of page) all.push(item)
    yield page
  }
  keep(all)
}
