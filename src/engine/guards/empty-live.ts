import { count } from '../../diagnostics/wording.ts'
import type { Guard } from './guard.ts'

/** An organization without accounts is a listing that failed, never a clean organization (ref 7). */
export const emptyLive: Guard = {
  code: 'empty-live',
  liftable: true,
  judge({ desired, live }) {
    const active = live.accounts.filter(account => account.active).length
    if (active > 0)
      return { status: 'passed', summary: `the organization has ${count(active, 'active managed account')}` }
    const external = live.externals.filter(account => account.active).length
    if (desired.AuthenticationPolicy.length === 0 && external > 0)
      return {
        status: 'passed',
        summary: `the organization has ${count(external, 'external account')} and no managed one`,
      }
    return {
      status: 'blocks',
      summary:
        desired.AuthenticationPolicy.length === 0
          ? 'the organization shows no account at all: a filter may have been ignored, or the key may not see them'
          : `the organization shows no active managed account, although ${count(desired.AuthenticationPolicy.length, 'authentication policy is', 'authentication policies are')} declared: a filter may have been ignored, or the key may not see them`,
    }
  },
}
