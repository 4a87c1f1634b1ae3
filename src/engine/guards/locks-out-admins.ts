import { count, some } from '../../diagnostics/wording.ts'
import type { SignIn, Watched } from '../lock-out/lock-out.ts'
import type { Guard, GuardInput, Verdict } from './guard.ts'
import { emailsOf, isLost, lossesOf, watchedAs } from './watched.ts'

/** No step shuts an organization admin out, and one of them is left who needs no identity provider. */
export const locksOutAdmins: Guard = {
  code: 'locks-out-admins',
  liftable: true,
  judge(input) {
    const admins = watchedAs(input.lockOut, 'admin')
    const { rolesUnknown } = input.lockOut
    const lost = admins.filter(isLost)
    if (lost.length > 0)
      return {
        status: 'blocks',
        summary: `${count(lost.length, 'organization admin')} could not sign in any more: ${lossesOf(lost)}`,
        otherwise: 'move them to a policy without single sign-on first',
      }
    const provider = onlyWayIn(admins)
    if (provider !== undefined)
      return {
        status: 'blocks',
        summary: `every organization admin would depend on ${provider}: if it fails nobody is left to switch single sign-on off; outside of it now: ${some(emailsOf(admins.filter(({ now }) => isOutside(now))))}`,
        otherwise: 'keep one organization admin in a policy without single sign-on',
      }
    return (
      unsure(input, admins) ?? {
        status: admins.length === 0 ? 'not-checked' : 'passed',
        summary:
          admins.length === 0
            ? `no organization admin is known${rolesUnknown > 0 ? `: the API does not tell the roles of ${count(rolesUnknown, 'account')}` : ''}`
            : `no step shuts out any of ${count(admins.length, 'organization admin')}, as far as known${rolesUnknown > 0 ? `; the API does not tell the roles of ${count(rolesUnknown, 'account')}` : ''}`,
      }
    )
  },
}

const isOutside = ({ can, through }: SignIn): boolean => can !== 'no' && through === null

/** The identity provider that all admins could come to depend on, where one of them does not now. */
function onlyWayIn(admins: readonly Watched[]): string | undefined {
  if (!admins.some(({ now }) => isOutside(now))) return undefined
  const standings = admins.map(({ now, reached }) => [now, ...reached])
  const providers = new Set(standings.flat().flatMap(({ through }) => through ?? []))
  return [...providers]
    .sort()
    .find(provider => standings.every(all => all.some(({ can, through }) => can === 'no' || through === provider)))
}

/** What could not be told, where it matters: who may be shut out, and certificates of which nobody said when they end. */
function unsure({ desired }: GuardInput, admins: readonly Watched[]): Verdict | undefined {
  const doubtful = admins.filter(
    ({ now, reached }) => now.can === 'yes' && reached.some(({ can }) => can === 'unknown'),
  )
  if (doubtful.length > 0) {
    const [first] = doubtful.flatMap(({ reached }) => reached.filter(({ can }) => can === 'unknown'))
    return {
      status: 'not-checked',
      summary: `whether ${some(emailsOf(doubtful))} can still sign in after \`${first?.step ?? ''}\` is not known: ${first?.reason ?? ''}`,
    }
  }
  const undated = new Set(
    (desired.organization.spec.identityProviders ?? [])
      .filter(({ protocol, certificateExpires }) => protocol !== 'google-workspace' && certificateExpires === undefined)
      .map(({ name }) => name),
  )
  const sent = admins.filter(({ now, reached }) =>
    reached.some(({ through }) => typeof through === 'string' && through !== now.through && undated.has(through)),
  )
  if (sent.length === 0) return undefined
  const names = [...new Set(sent.flatMap(({ reached }) => reached.flatMap(({ through }) => through ?? [])))]
  return {
    status: 'not-checked',
    summary: `steps send ${some(emailsOf(sent))} to ${some(names.filter(name => undated.has(name)))}, whose certificate may have ended: declare \`certificateExpires\` under \`identityProviders\``,
  }
}
