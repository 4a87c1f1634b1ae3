import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { breakGlassOf, orgAdmin } from '../kinds/access-rules.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { RememberedSuspension } from '../kinds/judge-access.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { foldEmail } from '../model/account.ts'
import { formatAddress } from '../model/address.ts'
import type { Plan, Step } from '../model/plan.ts'
import { accessSteps, accessStepsOf } from './access-steps.ts'
import { desiredDigest, fingerprint, planDigest, type Hash } from './digest.ts'
import { diff } from './diff.ts'
import { simulateLockOut } from './lock-out/simulate.ts'
import type { LockOut } from './lock-out/lock-out.ts'
import { deletion, stepFor, type StepContext } from './make-steps.ts'
import { resolveMembership } from './membership.ts'
import { moveSteps } from './move-steps.ts'
import { membershipOf, type Part } from './part.ts'
import { orderSteps } from './order-steps.ts'
import { turnBy, type StageInput } from './rollout.ts'

/** The kinds whose objects a plan compares, in the order in which their steps come. */
export const governed = [
  'AuthenticationPolicy',
  'ExternalUserPolicy',
  'IpAllowlist',
] as const satisfies readonly KindName[]

/** What the ledger remembers that a plan depends on. */
export interface Remembered {
  /** The objects of the last apply; undefined where there was none. */
  readonly governed: readonly string[] | undefined
  /** The policy last recorded for an account, by account id. */
  readonly policyOf: ReadonlyMap<string, string>
  /** Accounts that an apply took access from, by id. */
  readonly suspended: ReadonlyMap<string, RememberedSuspension>
  /** The break-glass accounts that the last apply knew: folded addresses. */
  readonly breakGlass?: ReadonlySet<string>
}

export interface PlanInput {
  readonly desired: Desired
  readonly live: Live
  readonly remembered: Remembered
  readonly consoleUrl: string
  readonly addUsersBatch: number
  readonly source: StepContext['source']
  readonly hash: Hash
  /** What orders the accounts that a share takes in, where their ids do not. */
  readonly turn?: StageInput['turn']
  /** Only a part of the accounts was read. */
  readonly isPartial?: boolean
  /** Absent: everything that is governed. */
  readonly part?: Part
}

/** A plan before it is guarded and its costs and diagnostics are put into words, and the policy of every claimed account. */
export interface Draft {
  readonly plan: Pick<
    Plan,
    | 'formatVersion'
    | 'createdAt'
    | 'organization'
    | 'digest'
    | 'desiredDigest'
    | 'steps'
    | 'unverified'
    | 'inSync'
    | 'wayBack'
    | 'rollouts'
  >
  readonly claimed: ReadonlyMap<string, string>
  /** The policy that claims an account and has not taken it in yet, by account id. */
  readonly waiting: ReadonlyMap<string, string>
  readonly lockOut: LockOut
}

/** Compares desired with live and says step by step what would make them equal. Pure: the same input gives the same plan. */
export function makePlan(input: PlanInput): Outcome<Draft> {
  const { desired, live, remembered, hash } = input
  const breakGlass = new Set([...breakGlassOf(desired.organization.spec), ...(remembered.breakGlass ?? [])])
  const context: StepContext = {
    surroundings: { organizationId: live.organization.id, consoleUrl: input.consoleUrl },
    source: input.source,
    fingerprint: fingerprint(hash),
  }
  const objects = new Map(live.objects.map(object => [formatAddress(object.address), object]))
  const steps: Step[] = []
  const inSync: Plan['inSync'][number][] = []
  const unverified: Plan['unverified'][number][] = []
  const { part } = input
  const isCompared = (address: string): boolean => part?.addresses.has(address) ?? true
  for (const resource of governed.flatMap((kind): readonly Resource[] => desired[kind])) {
    if (!isCompared(formatAddress(resource.address))) continue
    const object: LiveObject = objects.get(formatAddress(resource.address)) ?? {
      address: resource.address,
      exists: 'unknown',
      fields: {},
    }
    const difference = diff(resource, object)
    steps.push(...difference.changes.map(change => stepFor(resource, object, change, context)))
    inSync.push(...difference.inSync)
    unverified.push(...difference.unverified)
  }
  const removed = deletions(desired, live, (remembered.governed ?? []).filter(isCompared), context)
  steps.push(...removed.steps)

  const ids = new Map(
    desired.AuthenticationPolicy.flatMap(({ spec, address }) => {
      const id = objects.get(formatAddress(address))?.id
      return id === undefined ? [] : [[spec.name, id] as const]
    }),
  )
  const membership =
    part !== undefined
      ? membershipOf(part)
      : resolveMembership({
          policies: desired.AuthenticationPolicy,
          live,
          ids,
          recorded: remembered.policyOf,
          staging: {
            turn: input.turn ?? turnBy(hash),
            breakGlass,
            isPartial: input.isPartial ?? false,
          },
        })
  const created = new Set(steps.filter(({ action }) => action === 'create').map(({ id }) => id))
  const moves = {
    policies: desired.AuthenticationPolicy,
    moves: membership.moves,
    accounts: live.accounts,
    objects,
    batch: input.addUsersBatch,
  }
  steps.push(...moveSteps(moves, context, created))
  const access =
    part === undefined
      ? accessSteps({ desired, live, suspended: remembered.suspended }, context)
      : { steps: accessStepsOf(part, { desired, live }, context), diagnostics: [] }
  steps.push(...access.steps)

  const diagnostics = [
    ...membership.diagnostics,
    ...removed.diagnostics,
    ...access.diagnostics,
    ...(part === undefined ? forgotten(desired, remembered, removed.steps) : []),
  ]
  if (diagnostics.some(isError)) return { ok: false, diagnostics }
  const sorted = orderSteps({ steps, desired, live, precious: preciousOf(live, breakGlass) })
  const lockOut = simulateLockOut({ desired, live, steps: sorted, breakGlass, recorded: remembered.policyOf })
  const content = {
    formatVersion: '1.0' as const,
    organization: { name: desired.organization.spec.name, id: live.organization.id },
    desiredDigest: desiredDigest(hash, desired),
    steps: sorted,
  }
  return outcome(
    {
      plan: {
        ...content,
        createdAt: live.at,
        digest: planDigest(hash, content),
        unverified,
        inSync,
        wayBack: lockOut.wayBack,
        ...(membership.rollouts.length > 0 && { rollouts: membership.rollouts }),
      },
      claimed: membership.claimed,
      waiting: membership.waiting,
      lockOut,
    },
    diagnostics,
  )
}

/**
 * Objects of the API that the last apply governed and that no document names any more. What it did not govern is left alone; so are two of one name,
 * since the ledger does not say which of them it was.
 */
function deletions(
  desired: Desired,
  live: Live,
  last: readonly string[],
  context: StepContext,
): { readonly steps: readonly Step[]; readonly diagnostics: readonly Diagnostic[] } {
  const named = new Set(
    governed.flatMap((kind): readonly Resource[] => desired[kind]).map(({ address }) => formatAddress(address)),
  )
  const gone = new Map<string, Deletable[]>()
  for (const object of live.objects) {
    const { observed, address } = object
    const key = formatAddress(address)
    if (observed === undefined || named.has(key) || !last.includes(key)) continue
    if (kindNamed(address.kind as KindName).write === undefined) continue
    gone.set(key, [...(gone.get(key) ?? []), { ...object, observed }])
  }
  return {
    steps: [...gone.values()].flatMap(([object]) =>
      object === undefined ? [] : [deletion(object, object.address.kind as KindName, context)],
    ),
    diagnostics: [...gone.values()].flatMap(([object, ...others]) =>
      object === undefined || others.length === 0
        ? []
        : [
            diagnostic('plan/two-objects', {
              ...object.address,
              ids: [object, ...others].map(({ observed }) => observed.id),
            }),
          ],
    ),
  }
}

/** What the last apply governed and no document names any more, unless it goes through a step of its own. */
function forgotten(
  desired: Desired,
  { governed: last = [] }: Remembered,
  removed: readonly Step[],
): readonly Diagnostic[] {
  const known = new Set([
    ...governed.flatMap((kind): readonly Resource[] => desired[kind]).map(({ address }) => formatAddress(address)),
    ...removed.map(formatAddress),
  ])
  const objects = last.filter(address => !known.has(address))
  return objects.length === 0 ? [] : [diagnostic('plan/no-longer-governed', { objects })]
}

type Deletable = LiveObject & { readonly observed: NonNullable<LiveObject['observed']> }

/** Whoever must not be shut out on the way: break-glass accounts and organization admins, by id. */
const preciousOf = ({ accounts }: Live, breakGlass: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    accounts
      .filter(({ email, roles }) => roles.includes(orgAdmin) || breakGlass.has(foldEmail(email)))
      .map(({ accountId }) => accountId),
  )
