import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../../diagnostics/outcome.ts'
import type { Step } from '../../model/plan.ts'
import type { Json } from '../../model/json.ts'
import type { RunOrigin } from '../../model/run-record.ts'
import { fingerprint } from '../../engine/digest.ts'
import { applyPlan, lockRun, type Applied, type ApplyOptions } from '../apply.ts'
import { sha256 } from '../hash.ts'
import type { OrganizationView } from './organization-view.ts'
import type { PartPlan } from './plan-part.ts'

export interface ApplyPartOptions extends Pick<ApplyOptions, 'allow' | 'stop' | 'recoveryCard'> {
  readonly view: OrganizationView
  readonly run: string
  readonly origin: RunOrigin
  /** Makes the plan anew, now that nobody else changes the organization. */
  readonly plan: () => Promise<Outcome<PartPlan>>
  /** What people agreed to; undefined where nothing could be told before. */
  readonly promised: string | undefined
}

/** How an apply of a part ended, and the plan that it carried out. */
export interface AppliedPart {
  readonly made: PartPlan
  readonly applied: Applied
}

/** Carries a part out under the lock of the ledger: planned again first, and refused where that is not what was promised. */
export async function applyPart(options: ApplyPartOptions): Promise<Outcome<AppliedPart>> {
  const { view, run, origin, promised } = options
  const { connection, ledger } = view
  const now = () => view.now()
  const held = await lockRun({ connection, origin }, { ledger, run, command: origin.command, owner: origin.by, now })
  if (!held.ok) return held
  const lock = held.value
  const noticed: Diagnostic[] = [...held.diagnostics]
  let written: Parameters<OrganizationView['forget']>[0] = 'ledger'
  try {
    view.forget(written)
    let made = await options.plan()
    // What sends nothing is not looked at again: else each of a thousand policies would cost a look at the whole organization.
    if (made.ok && made.value.plan.steps.some(({ channel }) => channel === 'api')) {
      written = made.value.plan.steps.some(isAboutAccounts) ? 'everything' : 'allowlists'
      view.forget(written)
      made = await options.plan()
    }
    if (!made.ok) return failed(...noticed, ...made.diagnostics)
    const { plan } = made.value
    if (promised !== undefined && promised !== promiseOf(plan.steps))
      return failed(...noticed, diagnostic('apply/other-digest', { wanted: promised, made: promiseOf(plan.steps) }))
    const { allow, stop, recoveryCard } = options
    const applied = await applyPlan({
      plan,
      connection,
      ledger,
      now,
      run,
      origin,
      allow,
      stop,
      recoveryCard,
      lock,
      recheck: false,
    })
    return applied.ok
      ? {
          ok: true,
          value: { made: made.value, applied: applied.value },
          diagnostics: [...noticed, ...applied.diagnostics],
        }
      : failed(...noticed, ...applied.diagnostics)
  } finally {
    view.forget(written)
    await lock.release()
  }
}

const isAboutAccounts = ({ action }: Step): boolean => ['move', 'suspend', 'restore'].includes(action)

/** What steps do through the API, in one text: what a plan showed and what an apply is about to do can be compared by it. Where they rest on console steps may change meanwhile. */
export const promiseOf = (steps: readonly Step[]): string =>
  fingerprint(sha256)(
    steps
      .filter(({ channel }) => channel === 'api')
      .map(({ id, changes, accounts, requests, basis }) => ({
        id,
        changes,
        accounts,
        requests,
        basis,
      })) as unknown as Json,
  )
