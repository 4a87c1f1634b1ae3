import { count } from '../../diagnostics/wording.ts'
import { formatAddress } from '../../model/address.ts'
import type { Documents, Guard } from './guard.ts'

/** Documents that govern nothing any more are a wrong folder or a bad merge more often than a wish. */
export const emptyDesired: Guard = {
  code: 'empty-desired',
  liftable: true,
  judge({ desired, lastApplied }) {
    const governed = [...desired.AuthenticationPolicy, ...desired.ExternalUserPolicy, ...desired.IpAllowlist].map(
      ({ address }) => formatAddress(address),
    )
    if (governed.length > 0)
      return { status: 'passed', summary: `the documents govern ${count(governed.length, 'object')}` }
    const lastGoverned = governedIn(lastApplied)
    if (lastGoverned.length === 0) return { status: 'passed', summary: 'the documents govern nothing, and never did' }
    return {
      status: 'blocks',
      summary: `the documents govern nothing any more; the last apply governed ${count(lastGoverned.length, 'object')}, among them ${lastGoverned.slice(0, 3).join(', ')}`,
    }
  },
}

/** The addresses of the objects that documents govern. */
export const governedIn = (documents: Documents = {}): readonly string[] =>
  Object.keys(documents).filter(address => /^(AuthenticationPolicy|ExternalUserPolicy|IpAllowlist)\//.test(address))
