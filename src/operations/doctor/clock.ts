import type { DoctorCheck } from '../../model/doctor-report.ts'
import type { Transport } from '../../org/transport.ts'
import { failed, notChecked, ok, warning } from './check.ts'

const check = 'clock'

/** So far off, evidence and one-time codes still hold; from `failSeconds` on what is recorded would count as from the future. */
const warnSeconds = 60
const failSeconds = 300

/** A transport that notices by how much this machine's clock goes ahead of the server's. */
export interface WatchedTransport {
  readonly transport: Transport
  /** Seconds ahead, negative where it is behind; undefined where no answer told the time. */
  readonly secondsAhead: () => number | undefined
}

/** Watches the `Date` of the answers. Of several the one counts that shows the least: the others were longer on their way. */
export function watchClock(inner: Transport, now: () => Date): WatchedTransport {
  let least: number | undefined
  const transport: Transport = async request => {
    const response = await inner(request)
    const ahead = (now().getTime() - Date.parse(response.headers['date'] ?? '')) / 1000
    if (!Number.isNaN(ahead) && Math.abs(ahead) < Math.abs(least ?? Infinity)) least = ahead
    return response
  }
  return {
    transport: Object.assign(transport, inner.close && { close: inner.close }),
    secondsAhead: () => least,
  }
}

/** Whether the clock of this machine is right. */
export function clockCheck(secondsAhead: number | undefined): DoctorCheck {
  if (secondsAhead === undefined) return notChecked(check, 'no answer of the API told the time')
  const off = Math.round(Math.abs(secondsAhead))
  if (off <= warnSeconds) return ok(check, 'within a minute of Atlassian’s')
  const summary = `${inWords(off)} ${secondsAhead > 0 ? 'ahead of' : 'behind'} Atlassian’s`
  const fix =
    'set it right, such as with NTP: the times of evidence, one-time codes and requests to a bucket rest on it'
  return off <= failSeconds ? warning(check, summary, fix) : failed(check, summary, fix)
}

const inWords = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.floor(seconds / 60)} min`
      : seconds < 172_800
        ? `${Math.floor(seconds / 3600)} h`
        : `${Math.floor(seconds / 86_400)} d`
