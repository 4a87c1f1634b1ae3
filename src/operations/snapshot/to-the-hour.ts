/** The exact time would tell who somebody is whose activity others see. Rules count in days; what ends within the hour has ended. */
export function toTheHour<Time extends string | undefined>(time: Time): Time | string {
  const at = Date.parse(time ?? '')
  return Number.isNaN(at) ? time : new Date(Math.floor(at / 3_600_000) * 3_600_000).toISOString()
}
