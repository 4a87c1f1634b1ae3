import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { RememberedSuspension } from '../kinds/judge-access.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { compareText, formatAddress } from '../model/address.ts'
import type { GuardResult, Plan, Step } from '../model/plan.ts'
import { accessSteps } from './access-steps.ts'
import { desiredDigest, fingerprint, planDigest, type Hash } from './digest.ts'
import { diff } from './diff.ts'
import { runGuards } from './guards/index.ts'
import { deletion, stepFor, type StepContext } from './make-steps.ts'
import { resolveMembership } from './membership.ts'
import { moveSteps } from './move-steps.ts'
import { unenforced } from './unenforced.ts'

/** The kinds whose objects a plan compares, in the order in which their steps come. */
export const governed = [
  'AuthenticationPolicy',
  'ExternalUserPolicy',
  'IpAllowlist',
] as const satisfies readonly KindName[]

/** What the ledger remembers that a plan depends on. */
export interface Remembered {
  readonly organization: string | undefined
  /** The objects of the last apply; undefined where there was none. */
  readonly governed: readonly string[] | undefined
  /** The policy last recorded for an account, by account id. */
  readonly policyOf: ReadonlyMap<string, string>
  /** Accounts that an apply took access from, by id. */
  readonly suspended: ReadonlyMap<string, RememberedSuspension>
}

export interface PlanInput {
  readonly desired: Desired
  readonly live: Live
  readonly remembered: Remembered
  readonly allow: ReadonlySet<string>
  readonly consoleUrl: string
  readonly addUsersBatch: number
  readonly source: StepContext['source']
  readonly hash: Hash
}

/** A plan before its costs and diagnostics are put into words, and the policy of every claimed account. */
export interface Draft {
  readonly plan: Omit<Plan, 'coverage' | 'impact' | 'requests' | 'diagnostics'>
  readonly claimed: ReadonlyMap<string, string>
}

/** Compares desired with live and says step by step what would make them equal. Pure: the same input gives the same plan. */
export function makePlan(input: PlanInput): Outcome<Draft> {
  const { desired, live, remembered, hash } = input
  const context: StepContext = {
    surroundings: { organizationId: live.organization.id, consoleUrl: input.consoleUrl },
    source: input.source,
    fingerprint: fingerprint(hash),
  }
  const objects = new Map(live.objects.map(object => [formatAddress(object.address), object]))
  const steps: Step[] = []
  const inSync: Plan['inSync'][number][] = []
  const unverified: Plan['unverified'][number][] = []
  for (const resource of governed.flatMap((kind): readonly Resource[] => desired[kind])) {
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
  const removed = deletions(desired, live, remembered, context)
  steps.push(...removed.steps)

  const ids = new Map(
    desired.AuthenticationPolicy.flatMap(({ spec, address }) => {
      const id = objects.get(formatAddress(address))?.id
      return id === undefined ? [] : [[spec.name, id] as const]
    }),
  )
  const membership = resolveMembership({
    policies: desired.AuthenticationPolicy,
    live,
    ids,
    recorded: remembered.policyOf,
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
  const access = accessSteps({ desired, live, suspended: remembered.suspended }, context)
  steps.push(...access.steps)

  const diagnostics = [
    ...membership.diagnostics,
    ...removed.diagnostics,
    ...access.diagnostics,
    ...forgotten(desired, remembered, removed.steps),
    ...unenforced(desired),
  ]
  if (diagnostics.some(isError)) return { ok: false, diagnostics }
  const sorted = sortSteps(steps)
  const guardResults: readonly GuardResult[] = runGuards(
    { desired, live, steps: sorted, lastGoverned: remembered.governed, ledgerOrganization: remembered.organization },
    input.allow,
  )
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
        guards: guardResults,
      },
      claimed: membership.claimed,
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
  { governed: last = [] }: Remembered,
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

const actionOrder = ['create', 'update', 'confirm', 'move', 'restore', 'suspend', 'delete'] as const

/** By kind in the order of the waves, then name, then what must come first of one object. */
const sortSteps = (steps: readonly Step[]): readonly Step[] =>
  [...steps].sort(
    (a, b) =>
      kindOrder(a) - kindOrder(b) ||
      compareText(a.name, b.name) ||
      actionOrder.indexOf(a.action) - actionOrder.indexOf(b.action) ||
      compareText(a.channel, b.channel),
  )

const kindOrder = ({ kind }: Step): number => (governed as readonly string[]).indexOf(kind)
