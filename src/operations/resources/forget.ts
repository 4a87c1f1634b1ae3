import type { LastApplied } from '../../ledger/contract.ts'
import { formatAddress, parseAddress, type Address } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { digestOf } from '../digest-of.ts'
import { desiredFrom, resourcesOf } from '../desired-of.ts'
import type { OrganizationView } from './organization-view.ts'

/** Stops governing an object: it stays as it is, and nobody compares it any more. */
export const forgetObject = (view: OrganizationView, run: string, address: Address): Promise<void> =>
  forget(view, run, last => ({
    ...last,
    documents: Object.fromEntries(Object.entries(last.documents).filter(([key]) => key !== formatAddress(address))),
  }))

/** Stops governing who is in which policy: all accounts stay where they are. What the policies are set to is governed on. */
export const forgetMembership = (view: OrganizationView, run: string): Promise<void> =>
  forget(view, run, last => ({
    ...last,
    documents: Object.fromEntries(
      Object.entries(last.documents).flatMap(([key, document]) => {
        const kind = parseAddress(key)?.kind ?? ''
        return memberKinds.has(kind) ? [] : [[key, withoutMembers(document)]]
      }),
    ),
    policyOf: {},
  }))

const memberKinds: ReadonlySet<string> = new Set(['CoverageRequirement', 'Exception'])

function withoutMembers(document: JsonObject): JsonObject {
  const own = { ...document }
  Reflect.deleteProperty(own, 'members')
  return own
}

async function forget(view: OrganizationView, run: string, without: (last: LastApplied) => LastApplied): Promise<void> {
  const { ledger } = view
  if ((await ledger.read('last-applied')) === undefined) return
  await ledger.update('last-applied', before => {
    const left = without(before ?? { run: '', at: '', digest: '', documents: {}, policyOf: {} })
    const desired = desiredFrom(resourcesOf(left.documents))
    const digest = desired === undefined ? left.digest : digestOf(desired)
    return { ...left, run, at: view.now().toISOString(), digest }
  })
  view.forget('ledger')
}
