import { count } from '../../diagnostics/wording.ts'
import type { Guard } from './guard.ts'

/** An organization without accounts is a listing that failed, never a clean organization (ref 7). */
export const emptyLive: Guard = {
  code: 'empty-live',
  liftable: true,
  judge({ desired, live }) {
    if (live.accounts === undefined)
      return { status: 'not-checked', summary: 'no document needs the accounts of the organization' }
    const active = live.accounts.filter(account => account.active).length
    if (active > 0)
      return { status: 'passed', summary: `the organization has ${count(active, 'active managed account')}` }
    return {
      status: 'blocks',
      summary: `the organization shows no active managed account, although ${desired.AuthenticationPolicy.length} authentication policies are declared: a filter may have been ignored, or the key may not see them`,
    }
  },
}
