import { some } from '../../diagnostics/wording.ts'
import { formatDuration } from '../../model/duration.ts'
import { isStrings } from '../../model/json.ts'
import { kinds } from '../../kinds/index.ts'
import { wordFor } from '../../kinds/field.ts'
import type { Live, LiveObject } from '../../kinds/live.ts'
import type { Guard, Verdict } from './guard.ts'

const method = 'settings.authorizationMethod'
const provider = 'settings.identityProvider'

/** What all external users are asked for was tried out with a few of them first. */
export const untestedExternal: Guard = {
  code: 'untested-external',
  liftable: true,
  judge({ desired, live, protections: { testedMinutes } }) {
    const settings = desired.ExternalUserPolicy.find(({ spec }) => spec.name === 'external')?.spec.settings
    const asked = settings?.authorizationMethod
    if (asked === undefined || asked === 'none')
      return { status: 'passed', summary: 'the documents ask external users for nothing new' }
    const words = wordFor(kinds.ExternalUserPolicy.fields[method], asked)
    const wanted = {
      [method]: asked,
      ...(asked === 'single-sign-on' &&
        settings?.identityProvider !== undefined && { [provider]: settings.identityProvider }),
    }
    if (carries(policy(live, 'external'), wanted))
      return { status: 'passed', summary: `evidence shows that external users are asked for it already: ${words}` }
    if (testedMinutes === undefined)
      return {
        status: 'not-checked',
        summary: `whether the test policy carried ${words} before all external users do: declare \`guards.externalTestedFor\``,
      }
    return tested(policy(live, 'test'), wanted, { words, minutes: testedMinutes, now: Date.parse(live.at) })
  },
}

const policy = ({ objects }: Live, name: string): LiveObject['fields'] =>
  objects.find(({ address }) => address.kind === 'ExternalUserPolicy' && address.name === name)?.fields ?? {}

type Wanted = Readonly<Record<string, string>>

const carries = (fields: LiveObject['fields'], wanted: Wanted): boolean =>
  Object.entries(wanted).every(([path, value]) => {
    const field = fields[path]
    return field?.state === 'known' && field.value === value
  })

function tested(
  fields: LiveObject['fields'],
  wanted: Wanted,
  { words, minutes, now }: { readonly words: string; readonly minutes: number; readonly now: number },
): Verdict {
  const blocks = (why: string): Verdict => ({
    status: 'blocks',
    summary: `all external users would be asked for it untested: ${words}. ${why}`,
    otherwise: 'set it in the test policy, state it with `postern attest ExternalUserPolicy/test`, and wait that long',
  })
  const long = formatDuration(minutes)
  if (!carries(fields, wanted))
    return blocks(`No evidence shows it in the test policy, which must carry it for ${long}`)
  const users = fields['testUsers']
  if (users?.state === 'known' && isStrings(users.value) && users.value.length === 0)
    return blocks('The test policy holds nobody')
  const since = Math.max(
    ...Object.keys(wanted).map(path => {
      const field = fields[path]
      return field?.state === 'known' ? Date.parse(field.evidence.since ?? field.evidence.at) : Infinity
    }),
  )
  // A time that nobody understands proves nothing.
  if (!(now - since >= minutes * 60_000))
    return blocks(
      `The test policy carries it since ${Number.isFinite(since) ? new Date(since).toISOString() : 'an unknown time'}, and must for ${long}`,
    )
  return {
    status: 'passed',
    summary: `the test policy carries ${some([words])} since ${new Date(since).toISOString()}, at least ${long}`,
  }
}
