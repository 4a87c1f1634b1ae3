import type { Usage } from './soak-watcher.ts'

/** What may not grow, as it was measured again and again. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
  /** How much more the last quarter may have than the second: a share of it, and so much on top. */
  readonly share: number
  readonly more: number
}

const megabyte = 2 ** 20

/** What a process holds, after each so many checks. */
export function heldBy(usages: readonly Usage[]): readonly Series[] {
  const types = [...new Set(usages.flatMap(({ resources }) => Object.keys(resources)))].sort()
  const descriptors = usages.flatMap(({ descriptors }) => descriptors ?? [])
  return [
    { name: 'heap', values: usages.map(({ heapUsed }) => heapUsed), share: 0.1, more: 2 * megabyte },
    { name: 'memory outside the heap', values: usages.map(({ external }) => external), share: 0.1, more: 2 * megabyte },
    // When memory goes back to the machine is up to the allocator.
    { name: 'resident memory', values: usages.map(({ rss }) => rss), share: 0.15, more: 16 * megabyte },
    ...(descriptors.length === 0 ? [] : [{ name: 'open files and sockets', values: descriptors, share: 0, more: 2 }]),
    ...types.map(type => ({
      name: `${type} under way`,
      values: usages.map(({ resources }) => resources[type] ?? 0),
      share: 0,
      more: 2,
    })),
  ]
}

/** What grew, in words, with how much each check adds. The first quarter is there to warm up. */
export function growth(series: readonly Series[], checksBetween: number): readonly string[] {
  return series.flatMap(({ name, values, share, more }) => {
    const [before, after] = [medianOf(quarter(values, 2)), medianOf(quarter(values, 4))]
    if (after <= before * (1 + share) + more) return []
    const each = (after - before) / ((values.length / 2) * checksBetween)
    return [`${name} grew from ${Math.round(before)} to ${Math.round(after)}, by ${each.toFixed(2)} with each check`]
  })
}

/** One line for each: the medians of the second and of the last quarter. */
export const summaryOf = (series: readonly Series[]): string =>
  series
    .map(({ name, values }) => `${name} ${medianOf(quarter(values, 2))} to ${medianOf(quarter(values, 4))}`)
    .join(', ')

const quarter = <T>(values: readonly T[], which: number): readonly T[] =>
  values.slice(Math.floor(((which - 1) * values.length) / 4), Math.floor((which * values.length) / 4))

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}
