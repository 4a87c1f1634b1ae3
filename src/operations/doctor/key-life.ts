import { wordsOf } from '../../diagnostics/to-document.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { compareText } from '../../model/address.ts'
import type { ApiKey } from '../../org/answers/api-key.ts'
import { failed, listed, notChecked, ok, warning } from './check.ts'
import type { Answer } from './probes.ts'

/** How long before its end a key is to be replaced. */
const warnDays = 30

const day = 86_400_000

const check = 'key-expiry'

/** When the key in use ends. No call says which one that is (ref 4): it is found by its label, or by being the only one. */
export function keyExpiry(keys: readonly ApiKey[], label: string | undefined, now: Date): DoctorCheck {
  // The key in use answers, so it is none of those that are over.
  const living = keys.filter(({ expiresAt }) => !(Date.parse(expiresAt ?? '') <= now.getTime()))
  const own = label === undefined ? living : living.filter(key => key.label === label)
  if (label !== undefined && own.length === 0)
    return warning(
      check,
      `no living API key is labelled “${label}”${labels(living)}`,
      'write the label that the key has in the console into `runner.keyLabel` of the Organization document',
    )
  if (label === undefined && own.length > 1)
    return notChecked(
      check,
      `the organization has ${own.length} API keys, and no call says which one is in use`,
      'write the label of the key into `runner.keyLabel` of the Organization document',
    )
  // Of several with one label any may be the one in use: the first to end is told.
  const [first] = own
    .flatMap(({ label: name = 'API key', expiresAt = '' }) => {
      const at = Date.parse(expiresAt)
      return Number.isNaN(at) ? [] : [{ name, at }]
    })
    .sort((a, b) => a.at - b.at)
  if (first === undefined)
    return notChecked(check, 'the API does not say when the key ends', 'look it up in the console')
  const days = Math.floor((first.at - now.getTime()) / day)
  const which = own.length > 1 ? `the first of ${own.length} keys labelled “${first.name}”` : `the key “${first.name}”`
  const summary = `${which} ends on ${new Date(first.at).toISOString().slice(0, 10)}, in ${days === 1 ? '1 day' : `${days} days`}`
  const fix = 'create a new one at admin.atlassian.com → Organization settings → API keys and set POSTERN_API_KEY'
  return days >= warnDays ? ok(check, summary) : days >= 1 ? warning(check, summary, fix) : failed(check, summary, fix)
}

function labels(keys: readonly ApiKey[]): string {
  const known = [...new Set(keys.flatMap(({ label }) => label ?? []))].sort(compareText).map(name => `“${name}”`)
  return known.length === 0 ? '' : `; there ${known.length === 1 ? 'is' : 'are'} ${listed(known.slice(0, 5))}`
}

/** That the keys could not be listed. */
export function keyExpiryUnseen(answer: Answer | undefined): DoctorCheck {
  if (answer?.state === 'lacking')
    return notChecked(
      check,
      'the key lacks read:keys:admin',
      'a key with that scope can tell when it ends; a key lives a year at most',
    )
  const why = answer === undefined || answer.state === 'answers' ? 'no answer' : wordsOf(answer.diagnostic).summary
  return notChecked(check, why)
}
