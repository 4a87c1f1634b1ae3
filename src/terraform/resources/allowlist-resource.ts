import { documentText } from '../../blocks/document-text.ts'
import { resourceSpec, resourceTypeOf, resourceValues } from '../../blocks/document-values.ts'
import { unknown, type Value, type ValueObject } from '../../blocks/value.ts'
import { formatAddress } from '../../model/address.ts'
import { textOf, type Json, type JsonObject } from '../../model/json.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import { applyPart, promiseOf } from '../../operations/resources/apply-part.ts'
import { desiredWith } from '../../operations/resources/desired-with.ts'
import { isRecorded } from '../../operations/resources/is-recorded.ts'
import { observedAllowlists, type ObservedAllowlist } from '../../operations/resources/observed-allowlists.ts'
import { planPart, type PartPlan } from '../../operations/resources/plan-part.ts'
import { todayOf, type Configured } from '../configured.ts'
import type { ApplyInput, NewState, Planned, PlanInput, Problem } from '../contract.ts'
import { error, isFatal, problemsOf, warning } from '../problems.ts'
import { isSecondHalf, planningTwice, takingOver } from './adopting.ts'
import { applyRun } from './apply-run.ts'
import { notImported, type ResourceHandler } from './handler.ts'
import { movedOn } from './moved-on.ts'
import { documentIn, objectConfig, type ObjectConfig } from './object-config.ts'
import { knownSpec, observedSpec } from './observed-spec.ts'
import { emptyLedger } from './empty-ledger.ts'
import { notDone, plannedGuards } from './guard-problems.ts'
import { keepPromise, nothingKept, promiseIn } from './promise.ts'
import { apiWarnings } from './step-problems.ts'

const kind = 'IpAllowlist'

/** The resources that are IP allowlists: objects that the API creates, changes and deletes. */
export const allowlistResource: ResourceHandler = {
  validate: (config, configured, today) => objectConfig(kind, config, configured, today).problems,
  read,
  plan: (input, configured) =>
    input.config === null ? planDelete(input.prior, configured) : planChange(input, input.config, configured),
  apply: (input, configured) =>
    configured.alone(() =>
      input.config === null || input.planned === null
        ? applyDelete(input, configured)
        : applyChange(input, input.config, input.planned, configured),
    ),
  import: importAllowlist,
}

const valuesOf = (spec: JsonObject, id: string): ValueObject =>
  resourceValues(kind, spec, { id, document: documentText(spec) })

/** By the id, else by the name: a name is what people change. */
const found = (allowlists: readonly ObservedAllowlist[], { id, name }: ValueObject): ObservedAllowlist | undefined =>
  allowlists.find(other => other.id === id) ??
  (typeof id === 'string' ? undefined : allowlists.find(other => other.name === name))

async function read(state: ValueObject, _kept: unknown, configured: Configured): Promise<NewState> {
  const observed = await observedAllowlists(configured.view)
  if (!observed.ok) return { problems: problemsOf(observed.diagnostics), state }
  const object = found(observed.value, state)
  if (object === undefined) return { problems: [], state: null }
  const seen = changedIn(state, object)
  const values = seen === undefined ? { ...state, id: object.id } : valuesOf(seen, object.id)
  // What the ledger does not know is to be applied once more, though nothing about the allowlist changes.
  const recorded = await isRecorded(configured.view, configured.organization, documentIn(state))
  return { problems: await emptyLedger(configured), state: recorded ? values : { ...values, document: null } }
}

/** What a state would have to say of an allowlist; undefined where it says so. */
function changedIn(state: ValueObject, { name, live }: ObservedAllowlist): JsonObject | undefined {
  const { spec } = resourceSpec(kind, state)
  const seen = observedSpec(kind, { ...spec, name }, live)
  return documentText(seen) === documentText(spec) ? undefined : seen
}

/** That somebody changed or deleted the allowlist since it was read. */
async function changedSince(prior: ValueObject | null, { view }: Configured): Promise<readonly Problem[]> {
  if (prior === null) return []
  const observed = await observedAllowlists(view)
  if (!observed.ok) return problemsOf(observed.diagnostics)
  const object = found(observed.value, prior)
  const isSame = object !== undefined && changedIn(prior, object) === undefined
  return isSame ? [] : [movedOn(`IpAllowlist “${textOf(prior['name'] as Json)}”`)]
}

/** A resource that goes is no wrong folder, as documents are that govern nothing any more: somebody took it out of a configuration, and saw the plan. */
const liftedOfRemoval: readonly string[] = ['empty-desired']

/** The plan for one allowlist as its block says it, or for one that is to go. */
async function partOf(
  { resource }: Pick<ObjectConfig, 'resource'>,
  isGone: boolean,
  { view, organization, allow, author }: Configured,
): Promise<Outcome<PartPlan>> {
  const address = formatAddress(resource.address)
  const composed = await desiredWith(view, {
    organization,
    own: isGone ? [] : [resource],
    ...(isGone && { gone: [address] }),
  })
  if (!composed.ok) return composed
  return planPart(
    view,
    composed.value.desired,
    // Terraform governs it, whoever applied it last: so it may be removed.
    { addresses: [address], ...(isGone && { governing: { [address]: resource.spec } }) },
    { allow: isGone ? [...allow, ...liftedOfRemoval] : allow, author },
  )
}

async function planChange(input: PlanInput, config: ValueObject, configured: Configured): Promise<Planned> {
  const { prior, proposed, private: kept } = input
  const block = objectConfig(kind, config, configured, todayOf(configured))
  if (isFatal(block.problems)) return { problems: block.problems, planned: proposed }
  const twice = planningTwice(configured, formatAddress(block.resource.address), input)
  if (twice.length > 0) return { problems: twice, planned: proposed }
  const moved = await changedSince(prior, configured)
  if (isFatal(moved)) return { problems: moved, planned: proposed }
  const id: Value = prior?.['id'] ?? unknown
  const renamed = prior !== null && prior['name'] !== config['name']
  const requiresReplace = renamed ? [[{ attribute: 'name' }]] : []
  // Terraform asks twice for a replacement: first with what was there before, then with what this answer kept.
  const before = renamed ? await planDelete(prior, configured) : undefined
  if (before !== undefined && isFatal(before.problems)) return { problems: before.problems, planned: proposed }
  const { removal } = promiseIn(before?.private ?? kept)
  if (block.unknowns.length > 0) {
    const planned: ValueObject = { ...proposed, id, document: unknown }
    const problems = [...block.problems, ...(before?.problems ?? [])]
    return { problems, planned, requiresReplace, private: keepPromise({ removal }) }
  }
  const part = await partOf(block, false, configured)
  if (!part.ok)
    return { problems: [...block.problems, ...problemsOf(part.diagnostics, block.pointing)], planned: proposed }
  const { plan, live } = part.value
  const there = live.objects.find(({ address }) => formatAddress(address) === formatAddress(block.resource.address))
  // What a replacement finds is what its first half deletes.
  const adopts = prior === null && !isSecondHalf(input) && there?.id !== undefined
  return {
    problems: [
      ...block.problems,
      ...(before?.problems ?? []),
      ...(adopts
        ? [
            warning(`IpAllowlist “${there.address.name}” is there already: it is adopted, not created`),
            ...apiWarnings(plan, configured),
            ...takingOver(configured, 'taken', there.id),
          ]
        : []),
      ...(await plannedGuards(plan, configured)),
    ],
    planned: {
      ...proposed,
      id: renamed ? unknown : adopts ? there.id : id,
      document: documentText(block.spec),
    },
    requiresReplace,
    private: keepPromise({ promised: promiseOf(plan.steps), removal }),
  }
}

async function planDelete(prior: ValueObject | null, configured: Configured): Promise<Planned> {
  if (prior === null) return { problems: [], planned: null }
  const part = await partOf(objectConfig(kind, prior, configured, todayOf(configured)), true, configured)
  if (!part.ok) return { problems: problemsOf(part.diagnostics), planned: null }
  const { plan } = part.value
  const id = prior['id']
  const taken = typeof id === 'string' ? takingOver(configured, 'removed', id) : []
  const kept = keepPromise({ removal: promiseOf(plan.steps) })
  const guards = plan.guards.filter(({ code }) => !liftedOfRemoval.includes(code))
  const problems = [...taken, ...(await plannedGuards({ ...plan, guards }, configured))]
  return { problems, planned: null, private: kept }
}

async function applyChange(
  { prior, private: kept }: ApplyInput,
  config: ValueObject,
  planned: ValueObject,
  configured: Configured,
): Promise<NewState> {
  const block = objectConfig(kind, config, configured, todayOf(configured))
  if (isFatal(block.problems)) return { problems: block.problems, state: prior }
  const problems = await carriedOut(block, false, kept, configured)
  const after = await observedAllowlists(configured.view)
  if (!after.ok) return { problems: [...problems, ...problemsOf(after.diagnostics)], state: prior }
  const object = after.value.find(({ name }) => name === block.resource.address.name)
  if (isFatal(problems)) {
    // What the organization has now is what the state holds, so that the next plan goes on from there.
    const state = object === undefined || prior === null ? null : stateOf(block.spec, object)
    return { problems, state: prior === null ? null : (state ?? prior), private: nothingKept }
  }
  const id = object?.id
  if (id === undefined)
    return { problems: [error('the allowlist is not there though the API took it: plan again')], state: prior }
  return { problems, state: { ...planned, id, document: documentText(block.spec) }, private: nothingKept }
}

const stateOf = (spec: JsonObject, object: ObservedAllowlist): ValueObject =>
  valuesOf(observedSpec(kind, spec, object.live), object.id)

/** Applies the part, and tells what was not done. */
async function carriedOut(
  block: Pick<ObjectConfig, 'resource' | 'pointing'>,
  isGone: boolean,
  kept: ApplyInput['private'],
  configured: Configured,
): Promise<readonly Problem[]> {
  const applied = await applyPart({
    ...applyRun(configured),
    ...(isGone && { allow: [...configured.allow, ...liftedOfRemoval] }),
    promised: isGone ? promiseIn(kept).removal : promiseIn(kept).promised,
    plan: () => partOf(block, isGone, configured),
  })
  if (!applied.ok) return problemsOf(applied.diagnostics, block.pointing)
  return [...problemsOf(applied.diagnostics), ...notDone(applied.value)]
}

async function applyDelete({ prior, private: kept }: ApplyInput, configured: Configured): Promise<NewState> {
  if (prior === null) return { problems: [], state: null }
  const block = objectConfig(kind, prior, configured, todayOf(configured))
  const problems = await carriedOut(block, true, kept, configured)
  const now = await read(prior, undefined, configured)
  if (isFatal(problems) || now.state === null) return { problems, state: now.state }
  return { problems: [...problems, movedOn(`IpAllowlist “${block.resource.address.name}”`)], state: now.state }
}

async function importAllowlist(wanted: string, configured: Configured): ReturnType<ResourceHandler['import']> {
  const observed = await observedAllowlists(configured.view)
  if (!observed.ok) return { problems: problemsOf(observed.diagnostics), imported: [] }
  const matching = observed.value.filter(({ id, name }) => id === wanted || name === wanted)
  const [object] = matching
  if (object === undefined || matching.length > 1)
    return notImported(
      object === undefined
        ? error(
            `no IP allowlist “${wanted}”`,
            `There are: ${observed.value.map(({ name }) => name).join(', ') || 'none'}.`,
          )
        : error(`${matching.length} IP allowlists are called “${wanted}”: import it by its id`),
    )
  const spec = knownSpec(kind, { kind, name: object.name }, object.live)
  return { problems: [], imported: [{ type: resourceTypeOf[kind], state: valuesOf(spec, object.id) }] }
}
