import { parseDuration } from '../model/duration.ts'
import type { Moment } from './scenario.ts'

const span = (moment: Moment): number | undefined => {
  const minutes = parseDuration(moment)
  return minutes === undefined ? undefined : minutes * 60_000
}

/** Milliseconds of a moment that has been: a duration counts back from the start. */
export const pastMoment = (moment: Moment, start: number): number => {
  const back = span(moment)
  return back === undefined ? Date.parse(moment) : start - back
}

/** Milliseconds of a moment that is to come: a duration counts ahead from the start. */
export const comingMoment = (moment: Moment, start: number): number => {
  const ahead = span(moment)
  return ahead === undefined ? Date.parse(moment) : start + ahead
}

/** A time as the API writes it (RFC 3339, UTC). */
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** The day of a time, in UTC. */
export const day = (milliseconds: number): string => iso(milliseconds).slice(0, 10)
