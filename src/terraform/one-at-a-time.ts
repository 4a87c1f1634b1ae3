/** Runs works one after the other, in the order in which they came, whatever becomes of each. */
export interface OneAtATime {
  <T>(work: () => Promise<T>): Promise<T>
  /** Whether one is under way, or waits. */
  readonly isBusy: () => boolean
}

export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  let open = 0
  const run = <T>(work: () => Promise<T>): Promise<T> => {
    open++
    const next = last.then(work).finally(() => open--)
    last = next.catch(() => undefined)
    return next
  }
  return Object.assign(run, { isBusy: () => open > 0 })
}
