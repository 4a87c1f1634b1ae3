import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { LastApplied } from '../../ledger/contract.ts'
import { formatAddress, parseAddress, type Address } from '../../model/address.ts'
import type { RunOrigin } from '../../model/run-record.ts'
import { lockRun } from '../apply.ts'
import { attempt } from '../attempt.ts'
import { digestOf } from '../digest-of.ts'
import { desiredFrom, resourcesOf } from '../desired-of.ts'
import type { OrganizationView } from './organization-view.ts'
import { withoutMembers } from './without-members.ts'

/** Who forgets. */
export interface Forgetting {
  readonly view: OrganizationView
  readonly run: string
  readonly origin: RunOrigin
}

/** Stops governing an object: it stays as it is, and nobody compares it any more. */
export const forgetObject = (who: Forgetting, address: Address): Promise<Outcome<undefined>> =>
  forget(who, last => ({
    ...last,
    documents: Object.fromEntries(Object.entries(last.documents).filter(([key]) => key !== formatAddress(address))),
  }))

/** Stops governing who is in which policy: all accounts stay where they are. What the policies are set to is governed on. */
export const forgetMembership = (who: Forgetting): Promise<Outcome<undefined>> =>
  forget(who, last => ({
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

/** Under the lock, and with a run before it closed: what that left to be recorded must not come after. */
async function forget(
  { view, run, origin }: Forgetting,
  without: (last: LastApplied) => LastApplied,
): Promise<Outcome<undefined>> {
  const { connection, ledger } = view
  const now = (): Date => view.now()
  const held = await lockRun({ connection, origin }, { ledger, run, command: origin.command, owner: origin.by, now })
  if (!held.ok) return held
  const done = await attempt(async () => {
    if ((await ledger.read('last-applied')) === undefined) return
    await ledger.update('last-applied', before => {
      const left = without(before ?? { run: '', at: '', digest: '', documents: {}, policyOf: {} })
      const desired = desiredFrom(resourcesOf(left.documents))
      const digest = desired === undefined ? left.digest : digestOf(desired)
      return { ...left, run, at: now().toISOString(), digest }
    })
  })
  view.forget('ledger')
  const released = await held.value.release()
  const noticed = [...held.diagnostics, ...released.diagnostics]
  return done.ok ? outcome(undefined, noticed) : failed(...noticed, ...done.diagnostics)
}
