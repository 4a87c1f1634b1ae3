/** A name for a run: it sorts by time, and is different for two of one second. `random` gives a number from 0 up to 1. */
export const nameRun = (now: Date, random: () => number): string =>
  `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')}`
