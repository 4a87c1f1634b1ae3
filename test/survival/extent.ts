/** How much is tried: a sample with all other tests, everything with `POSTERN_SURVIVAL=full`. */
export const full = process.env['POSTERN_SURVIVAL'] === 'full'

/** Seeds what is drawn at random. */
export const seed = Number(process.env['POSTERN_SEED'] ?? 20261124)

/** A number of items spread evenly over a list, the first and the last among them. */
export const spread = <T>(items: readonly T[], count: number): readonly T[] =>
  count >= items.length
    ? items
    : Array.from({ length: count }, (_, index) => items[Math.round((index * (items.length - 1)) / (count - 1))] as T)

/** So many numbers from 0 up to 1 that look drawn at random: the same for the same seed. */
export function numbersFrom(start: number, count: number): readonly number[] {
  let state = start >>> 0
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  })
}

/** Does work for each item, some at a time, and keeps their order. */
export async function inParallel<T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T)
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}
