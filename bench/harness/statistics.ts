/** The value in the middle; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const above = at(sorted, middle)
  return sorted.length % 2 === 1 ? above : (at(sorted, middle - 1) + above) / 2
}

/** How far the middle half of the values reaches, as a share of the median. */
export function spread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (at(sorted, Math.floor(sorted.length * 0.75)) - at(sorted, Math.floor(sorted.length * 0.25))) / median(values)
}

/** What was measured side by side, pair by pair: a machine that is slow for a while is slow for both. */
export function ratios(own: readonly number[], other: readonly number[]): readonly number[] {
  if (own.length !== other.length) throw new Error('each of a pair has to be there')
  return own.map((value, index) => value / at(other, index))
}

function at(values: readonly number[], index: number): number {
  const value = values[index]
  if (value === undefined) throw new Error('there is nothing to take the median of')
  return value
}
