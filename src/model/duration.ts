const minutes = { m: 1, h: 60, d: 1440 } as const

/** Minutes in a duration such as `15m`, `8h` or `30d`; undefined where the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(text)
  return match === null ? undefined : Number(match[1]) * minutes[match[2] as keyof typeof minutes]
}

/** The shortest spelling of a number of minutes: 480 is `8h`. */
export function formatDuration(total: number): string {
  if (total % minutes.d === 0) return `${total / minutes.d}d`
  if (total % minutes.h === 0) return `${total / minutes.h}h`
  return `${total}m`
}
