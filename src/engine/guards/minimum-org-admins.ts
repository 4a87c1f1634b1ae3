import { count, some } from '../../diagnostics/wording.ts'
import type { Guard } from './guard.ts'
import { emailsOf, everShutOut, watchedAs } from './watched.ts'

/** Somebody has to be left who can undo what went wrong. */
export const minimumOrgAdmins: Guard = {
  code: 'minimum-org-admins',
  liftable: true,
  judge({ lockOut, protections: { minimumOrgAdmins: minimum }, desired }) {
    const admins = watchedAs(lockOut, 'admin')
    const before = admins.filter(({ now }) => now.can !== 'no')
    const after = before.filter(watched => !everShutOut(watched))
    const hidden = lockOut.rolesUnknown
    if (admins.length === 0 && minimum > 0) {
      // An organization has an admin: a listing without one left them out.
      const why =
        hidden > 0 ? `the API does not tell the roles of ${count(hidden, 'account')}` : 'the listing shows none'
      return { status: 'not-checked', summary: `no organization admin is known: ${why}` }
    }
    const can = `${count(after.length, 'organization admin')} can sign in after every step, as far as known`
    if (after.length >= minimum) return { status: 'passed', summary: `${can}; ${minimum} must` }
    if (after.length === before.length)
      return {
        status: 'passed',
        summary: `${can}; ${minimum} should, and the plan does not lower the number`,
      }
    const lost = before.filter(everShutOut)
    return {
      status: 'blocks',
      summary: `${can}, ${before.length} can now, and ${minimum} must; shut out on the way: ${some(emailsOf(lost))}`,
      otherwise: `lower \`guards.minimumOrgAdmins\` in ${desired.organization.locate(['guards', 'minimumOrgAdmins']).file} and apply that first`,
    }
  },
}
