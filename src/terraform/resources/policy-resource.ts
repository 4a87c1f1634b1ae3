import { documentText } from '../../blocks/document-text.ts'
import { resourceSpec, resourceValues } from '../../blocks/document-values.ts'
import { isValueObject, unknown, type Value, type ValueObject } from '../../blocks/value.ts'
import { formatAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { applyPart, promiseOf } from '../../operations/resources/apply-part.ts'
import { desiredWith } from '../../operations/resources/desired-with.ts'
import { forgetObject } from '../../operations/resources/forget.ts'
import { isRecorded } from '../../operations/resources/is-recorded.ts'
import { lookAt } from '../../operations/resources/look-at.ts'
import { planPart, type PartWanted } from '../../operations/resources/plan-part.ts'
import { todayOf, type Configured } from '../configured.ts'
import type { ApplyInput, NewState, Planned, PlanInput, Problem } from '../contract.ts'
import { isFatal, problemsOf, warning } from '../problems.ts'
import { adopting, planningTwice } from './adopting.ts'
import { emptyLedger } from './empty-ledger.ts'
import type { ResourceHandler } from './handler.ts'
import { importPolicy } from './import-policy.ts'
import { documentIn, objectConfig, type ObjectConfig } from './object-config.ts'
import { observedSpec } from './observed-spec.ts'
import { applyRun } from './apply-run.ts'
import { blockingGuards, plannedGuards } from './guard-problems.ts'
import { keepPromise, noPromise, nothingKept, promiseIn } from './promise.ts'
import { apiWarnings, consoleErrors, consoleSteps, consoleWarnings, resultProblems } from './step-problems.ts'
import { suspendedBy, suspendedOnceDone } from './suspended.ts'

/** The two kinds that only the console sets: Terraform adopts them, and goes by evidence. */
export type PolicyKind = 'AuthenticationPolicy' | 'ExternalUserPolicy'

/** The resources that are policies: they exist already, are never created or set by Terraform, and are forgotten at the end. */
export const policyResource = (kind: PolicyKind): ResourceHandler => ({
  validate: (config, configured, today) => objectConfig(kind, config, configured, today).problems,
  read: (state, _kept, configured) => read(kind, state, configured),
  plan: (input, configured) =>
    input.config === null ? planForget(kind, input, configured) : planPolicy(kind, input, input.config, configured),
  apply: (input, configured) =>
    configured.alone(() =>
      input.config === null || input.planned === null
        ? applyForget(kind, input, configured)
        : applyPolicy(kind, input, input.config, input.planned, configured),
    ),
  import: (id, configured) => importPolicy(kind, id, configured),
})

/** The name that a document has in a state or configuration. */
const nameIn = (values: ValueObject | null): string | undefined =>
  typeof values?.['name'] === 'string' ? values['name'] : undefined

const idIn = (values: ValueObject | null): string | undefined =>
  typeof values?.['id'] === 'string' ? values['id'] : undefined

/** The document of a block with the id by which its policy was found before: it is the same policy under another name. */
function identified(kind: PolicyKind, { resource }: ObjectConfig, prior: ValueObject | null): ObjectConfig['resource'] {
  const id = idIn(prior)
  return kind !== 'AuthenticationPolicy' || id === undefined || Object.hasOwn(resource.spec, 'id')
    ? resource
    : { ...resource, spec: { ...resource.spec, id } as never }
}

async function read(kind: PolicyKind, state: ValueObject, configured: Configured): Promise<NewState> {
  const { view, organization } = configured
  const block = objectConfig(kind, state, configured, todayOf(configured))
  const looked = await lookAt(view, organization, identified(kind, block, state))
  if (!looked.ok) return { problems: problemsOf(looked.diagnostics), state }
  const { object } = looked.value
  const { spec: managed } = resourceSpec(kind, { ...state, id: null })
  const seen = observedSpec(kind, managed, object)
  const suspended = kind === 'ExternalUserPolicy' ? { suspended: await suspendedBy(view) } : {}
  const same = documentText(seen) === documentText(managed)
  const id = object.id ?? idIn(state) ?? null
  const values = same ? { ...state, id, ...suspended } : { ...valuesOf(kind, seen, id), ...suspended }
  // What the ledger does not know is to be applied once more, though nothing about the policy changes.
  const recorded = await isRecorded(view, organization, documentIn(state))
  return {
    problems: [...problemsOf(looked.diagnostics, block.pointing), ...(await emptyLedger(configured))],
    state: recorded ? values : { ...values, document: null },
  }
}

const valuesOf = (kind: PolicyKind, spec: JsonObject, id: Value): ValueObject =>
  resourceValues(kind, spec, { id, document: documentText(spec) })

/** What a part plan of the policy is about. Who loses access by the rules of an external policy belongs to it. */
const wantedOf = ({ resource }: ObjectConfig, prior: ValueObject | null): PartWanted => ({
  addresses: [formatAddress(resource.address)],
  // Rules that go give access back.
  ...((Object.hasOwn(resource.spec, 'access') || isValueObject(prior?.['access'])) && { access: true as const }),
})

async function partOf(kind: PolicyKind, block: ObjectConfig, prior: ValueObject | null, configured: Configured) {
  const { view, organization, allow, author } = configured
  const resource = identified(kind, block, prior)
  const composed = await desiredWith(view, { organization, own: [resource] })
  if (!composed.ok) return composed
  const { desired, renamed } = composed.value
  const planned = (wanted: PartWanted) => planPart(view, desired, { ...wanted, renamed }, { allow, author })
  const { access, ...settings } = wantedOf(block, prior)
  const part = await planned(settings)
  // Nobody loses access by a policy that is not in force yet.
  return access === undefined || !part.ok || consoleSteps(part.value.plan).length > 0
    ? part
    : planned({ ...settings, access })
}

async function planPolicy(
  kind: PolicyKind,
  input: PlanInput,
  config: ValueObject,
  configured: Configured,
): Promise<Planned> {
  const { prior, proposed } = input
  const block = objectConfig(kind, config, configured, todayOf(configured))
  if (isFatal(block.problems)) return { problems: block.problems, planned: proposed }
  const twice = planningTwice(configured, formatAddress(block.resource.address), input)
  if (twice.length > 0) return { problems: twice, planned: proposed }
  if (block.unknowns.length > 0) {
    const open: ValueObject = { id: idIn(config) ?? idIn(prior) ?? unknown, document: unknown }
    return {
      problems: block.problems,
      planned: { ...proposed, ...open, ...(kind === 'ExternalUserPolicy' && { suspended: unknown }) },
      private: noPromise,
    }
  }
  const settled = await settledPlan(kind, block, input, configured)
  if (settled !== undefined) return settled
  const part = await partOf(kind, block, prior, configured)
  if (!part.ok)
    return { problems: [...block.problems, ...problemsOf(part.diagnostics, block.pointing)], planned: proposed }
  const { plan, ids } = part.value
  const id = kind === 'ExternalUserPolicy' ? block.resource.address.name : ids.get(block.resource.address.name)
  const problems: readonly Problem[] = [
    ...block.problems,
    ...aboutOwn(part.diagnostics, block),
    ...adopting(configured, kind, block.resource.address.name, id),
    ...consoleWarnings(plan, configured),
    ...apiWarnings(plan, configured),
    ...(await plannedGuards(plan, configured)),
  ]
  return {
    problems,
    planned: {
      ...proposed,
      id: idIn(config) ?? id ?? unknown,
      document: documentText(block.spec),
      ...(kind === 'ExternalUserPolicy' && { suspended: await suspendedOnceDone(configured.view, plan) }),
    },
    private: keepPromise({ promised: promiseOf(plan.steps) }),
  }
}

/**
 * The plan of a policy that was applied as it is and that evidence shows so: nothing changes, so nothing is judged, and a thousand of them cost no more than a look at each. Undefined for every other,
 * and where access rules have to be looked at.
 */
async function settledPlan(
  kind: PolicyKind,
  block: ObjectConfig,
  { prior, proposed }: PlanInput,
  configured: Configured,
): Promise<Planned | undefined> {
  if (prior?.['document'] !== documentText(block.spec) || wantedOf(block, prior).access === true) return undefined
  const looked = await lookAt(configured.view, configured.organization, identified(kind, block, prior))
  if (!looked.ok || looked.value.difference.changes.length > 0) return undefined
  const id = looked.value.object.id ?? idIn(prior)
  return {
    problems: [
      ...block.problems,
      ...problemsOf(looked.diagnostics, block.pointing),
      ...adopting(configured, kind, block.resource.address.name, id),
    ],
    planned: {
      ...proposed,
      id: prior['id'] ?? null,
      document: prior['document'],
      ...(kind === 'ExternalUserPolicy' && { suspended: prior['suspended'] ?? null }),
    },
    private: noPromise,
  }
}

/** Of what was noticed: errors, and what is said of this block. */
const aboutOwn = (found: Parameters<typeof problemsOf>[0], { resource, pointing }: ObjectConfig): readonly Problem[] =>
  problemsOf(
    found.filter(({ severity, span }) => severity === 'error' || span?.file === resource.locate([]).file),
    pointing,
  )

async function applyPolicy(
  kind: PolicyKind,
  { prior, private: kept }: ApplyInput,
  config: ValueObject,
  planned: ValueObject,
  configured: Configured,
): Promise<NewState> {
  const block = objectConfig(kind, config, configured, todayOf(configured))
  if (isFatal(block.problems)) return { problems: block.problems, state: prior }
  const applied = await applyPart({
    ...applyRun(configured),
    promised: promiseIn(kept).promised,
    plan: () => partOf(kind, block, prior, configured),
  })
  if (!applied.ok) return { problems: problemsOf(applied.diagnostics, block.pointing), state: prior }
  const { made, applied: done } = applied.value
  const problems: readonly Problem[] = [
    ...problemsOf(applied.diagnostics.filter(found => found.severity === 'error')),
    ...(done.blocked ? blockingGuards(done.guards) : []),
    ...resultProblems(made.plan, done.results),
    ...consoleErrors(made.plan, configured),
  ]
  if (isFatal(problems)) return { problems, state: await leftOf(kind, prior, configured), private: nothingKept }
  const id = kind === 'ExternalUserPolicy' ? block.resource.address.name : made.ids.get(block.resource.address.name)
  return {
    problems,
    state: {
      ...planned,
      id: id ?? planned['id'] ?? null,
      document: documentText(block.spec),
      ...(kind === 'ExternalUserPolicy' && { suspended: await suspendedBy(configured.view) }),
    },
    private: nothingKept,
  }
}

/** What the state holds where not all was done: whose access was taken all the same stands in it. */
async function leftOf(kind: PolicyKind, prior: ValueObject | null, { view }: Configured): Promise<ValueObject | null> {
  return kind === 'ExternalUserPolicy' && prior !== null ? { ...prior, suspended: await suspendedBy(view) } : prior
}

async function forgets(kind: PolicyKind, name: string, { view }: Configured): Promise<readonly Problem[]> {
  const suspended = kind === 'ExternalUserPolicy' ? await suspendedBy(view) : []
  const without = suspended.length === 0 ? '' : `\nStill without access by its rules: ${suspended.join(', ')}.`
  return [
    warning(
      `${kind} “${name}” stays as it is: Terraform only forgets it`,
      `No API deletes or resets a policy. Nobody compares it any more, and nobody reports when it is changed.${without}`,
    ),
  ]
}

const planForget = async (kind: PolicyKind, { prior }: PlanInput, configured: Configured): Promise<Planned> => ({
  problems: prior === null ? [] : await forgets(kind, nameIn(prior) ?? '', configured),
  planned: null,
})

async function applyForget(kind: PolicyKind, { prior }: ApplyInput, configured: Configured): Promise<NewState> {
  const name = nameIn(prior)
  if (name === undefined) return { problems: [], state: null }
  const forgotten = await forgetObject(applyRun(configured), { kind, name })
  const problems = problemsOf(forgotten.diagnostics)
  return forgotten.ok
    ? { problems: [...problems, ...(await forgets(kind, name, configured))], state: null }
    : { problems, state: prior }
}
