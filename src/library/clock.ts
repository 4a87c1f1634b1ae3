/** What time it is, for tests and for looking at another day. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Waits so many milliseconds; may reject earlier once the signal is aborted. Real timers if left out. One that is given has to move `now` on. */
  readonly sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined
}

/** The time that results carry: the real one where no clock is given. */
export const dateOf = (clock: Clock = Date): Date => new Date(clock.now())
