import { count } from '../../diagnostics/wording.ts'
import { accountsOf, tooMany } from './share.ts'
import type { Guard } from './guard.ts'

/** A rule that was written wrong, or activity that was not told, shuts out more people than anybody meant to. */
export const tooManySuspensions: Guard = {
  code: 'too-many-suspensions',
  liftable: true,
  counts: ({ action }) => action === 'suspend',
  judge({ steps, live, protections, desired }) {
    const suspended = accountsOf(steps, 'suspend')
    const population = live.externals.filter(({ status }) => status === 'active').length
    return tooMany(suspended, population, protections.suspensions, {
      does: 'suspends',
      of: count(population, 'active external account'),
      field: 'guards.suspensions',
      file: desired.organization.locate(['guards', 'suspensions']).file,
    })
  },
}
