import { hasUnknown, isValueObject, unknown, type Value, type ValueObject } from '../../blocks/value.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import { compareText, parseAddress } from '../../model/address.ts'
import { attempt } from '../../operations/attempt.ts'
import { applyPart, promiseOf } from '../../operations/resources/apply-part.ts'
import { forgetMembership } from '../../operations/resources/forget.ts'
import { isMembershipRecorded } from '../../operations/resources/is-recorded.ts'
import { membersNow, membersOnceDone, type MembersOf } from '../../operations/resources/members-now.ts'
import { planPart, type PartPlan } from '../../operations/resources/plan-part.ts'
import { withoutMembers } from '../../operations/resources/without-members.ts'
import type { Configured } from '../configured.ts'
import type { ApplyInput, NewState, Planned, PlanInput, Problem } from '../contract.ts'
import { error, isFatal, problemsOf, warning, type Pointing } from '../problems.ts'
import { planningTwice } from './adopting.ts'
import { applyRun } from './apply-run.ts'
import { notImported, type ResourceHandler } from './handler.ts'
import { checkMembership, membershipConfig, type MembershipConfig } from './membership-config.ts'
import { movedOn } from './moved-on.ts'
import { emptyLedger } from './empty-ledger.ts'
import { notDone, plannedGuards } from './guard-problems.ts'
import { keepPromise, noPromise, nothingKept, promiseIn } from './promise.ts'
import { apiWarnings, impactProblems } from './step-problems.ts'

/** The one resource that says which policy each account is in. */
export const membershipResource: ResourceHandler = {
  validate: config => membershipConfig(config).problems,
  read,
  plan: (input, configured) =>
    input.config === null ? planForget(input) : planMembership(input, input.config, configured),
  apply: (input, configured) =>
    configured.alone(() =>
      input.config === null || input.planned === null
        ? applyForget(input, configured)
        : applyMembership(input, input.config, input.planned, configured),
    ),
  import: importMembership,
}

const accountsValue = (members: MembersOf): Value =>
  Object.fromEntries([...members].map(([name, emails]) => [name, emails]))

async function read(state: ValueObject, _kept: unknown, configured: Configured): Promise<NewState> {
  const { documents } = membershipConfig(state)
  const members = await membersNow(configured.view, configured.organization, policiesIn(documents))
  if (!members.ok) return { problems: problemsOf(members.diagnostics), state }
  // What the ledger does not know is to be applied once more, though nobody moves.
  const recorded = await isMembershipRecorded(configured.view, configured.organization, documents)
  return {
    problems: await emptyLedger(configured),
    state: {
      ...state,
      id: recorded ? configured.view.organizationId : null,
      accounts: accountsValue(members.value),
    },
  }
}

const policiesIn = (documents: MembershipConfig['documents']) =>
  documents.filter(({ kind }) => kind === 'AuthenticationPolicy')

/** The kinds that a membership does not decide. */
const stays: ReadonlySet<string> = new Set(['AuthenticationPolicy', 'ExternalUserPolicy', 'IpAllowlist'])

/** The plan for the members alone, and where what it says of documents stands. */
interface MembershipPlan {
  readonly part: Outcome<PartPlan>
  readonly problems: readonly Problem[]
  readonly pointing?: Pointing
}

async function partOf(config: MembershipConfig, configured: Configured): Promise<MembershipPlan> {
  const { view, allow, author } = configured
  const state = await attempt(() => view.state())
  if (!state.ok) return { part: state, problems: problemsOf(state.diagnostics) }
  // Requirements and exceptions are those of this block. What it does not list stays governed: of policies that are not in it, their settings.
  const others = Object.fromEntries(
    Object.entries(state.value.lastApplied?.documents ?? {}).flatMap(([address, document]) =>
      stays.has(parseAddress(address)?.kind ?? '') ? [[address, withoutMembers(document)]] : [],
    ),
  )
  const { result, problems, pointing } = checkMembership(config, others, configured)
  if (!result.ok) return { part: result, problems, pointing }
  const part = await planPart(view, result.value, { addresses: [], moves: true }, { allow, author })
  return { part, problems: [...problems, ...problemsOf(part.diagnostics, pointing)], pointing }
}

async function planMembership(input: PlanInput, config: ValueObject, configured: Configured): Promise<Planned> {
  const { prior, proposed } = input
  const block = membershipConfig(config)
  const id = configured.view.organizationId
  if (isFatal(block.problems)) return { problems: block.problems, planned: proposed }
  const twice = planningTwice(configured, 'the membership of the organization', input)
  if (twice.length > 0) return { problems: twice, planned: proposed }
  const moved = await movedSince(prior, configured)
  if (isFatal(moved)) return { problems: moved, planned: proposed }
  if (block.unknowns.length > 0)
    return { problems: block.problems, planned: { ...proposed, id, accounts: unknown }, private: noPromise }
  const { part, problems } = await partOf(block, configured)
  if (!part.ok) return { problems, planned: proposed }
  const { plan, live, ids } = part.value
  const members = membersOnceDone(live, ids, policiesIn(block.documents), plan)
  return {
    problems: [
      ...problems,
      ...(await plannedGuards(plan, configured)),
      ...apiWarnings(plan, configured),
      ...impactProblems(plan),
      ...blockedMoves(plan.steps),
    ],
    planned: { ...proposed, id, accounts: accountsValue(members) },
    private: keepPromise({ promised: promiseOf(plan.steps) }),
  }
}

/** That somebody moved accounts since the state was read. */
async function movedSince(prior: ValueObject | null, configured: Configured): Promise<readonly Problem[]> {
  if (prior === null) return []
  const { state, problems } = await read(prior, undefined, configured)
  const isSame = sortedText(state?.['accounts']) === sortedText(prior['accounts'])
  return isFatal(problems) || isSame ? problems : [movedOn('who is in which policy')]
}

/** Who is where as text, in which the order of policies and accounts does not show. */
const sortedText = (accounts: Value | undefined): string =>
  Object.entries(isValueObject(accounts) ? accounts : {})
    .map(([name, emails]) =>
      JSON.stringify([name, ...(Array.isArray(emails) ? (emails as readonly string[]) : [])].sort()),
    )
    .sort(compareText)
    .join('\n')

const blockedMoves = (steps: PartPlan['plan']['steps']): readonly Problem[] =>
  steps.flatMap(({ status, name, reason }) =>
    status === 'blocked' ? [warning(`accounts cannot be moved into “${name}” yet`, reason)] : [],
  )

async function applyMembership(
  { prior, private: kept }: ApplyInput,
  config: ValueObject,
  planned: ValueObject,
  configured: Configured,
): Promise<NewState> {
  const { view } = configured
  const block = membershipConfig(config)
  if (isFatal(block.problems)) return { problems: block.problems, state: prior }
  let noticed: readonly Problem[] = []
  let pointing: Pointing | undefined
  const applied = await applyPart({
    ...applyRun(configured),
    promised: promiseIn(kept).promised,
    plan: async () => {
      const made = await partOf(block, configured)
      noticed = made.problems
      pointing = made.pointing
      return made.part
    },
  })
  const problems: readonly Problem[] = applied.ok
    ? [...problemsOf(applied.diagnostics), ...notDone(applied.value)]
    : isFatal(noticed)
      ? noticed
      : problemsOf(applied.diagnostics, pointing)
  // Whatever was done, the state has the members that are there now.
  const members = await membersNow(view, configured.organization, policiesIn(block.documents))
  if (!members.ok) return { problems: [...problems, ...problemsOf(members.diagnostics)], state: prior }
  const accounts = accountsValue(members.value)
  if (isFatal(problems))
    return { problems, state: prior === null ? null : { ...prior, accounts }, private: nothingKept }
  // What the plan told is what was done: who moved meanwhile is for the next look.
  const told = planned['accounts']
  return {
    problems,
    state: { ...planned, id: view.organizationId, accounts: hasUnknown(told) ? accounts : (told ?? accounts) },
    private: nothingKept,
  }
}

const forgets = warning(
  'all accounts stay in the policies that they are in: Terraform only forgets the membership',
  'Nobody moves accounts any more, nor reports when somebody else does.',
)

const planForget = ({ prior }: PlanInput): Promise<Planned> =>
  Promise.resolve({ problems: prior === null ? [] : [forgets], planned: null })

async function applyForget({ prior }: ApplyInput, configured: Configured): Promise<NewState> {
  const forgotten = await forgetMembership(applyRun(configured))
  const problems = problemsOf(forgotten.diagnostics)
  return forgotten.ok ? { problems: [...problems, forgets], state: null } : { problems, state: prior }
}

function importMembership(wanted: string, { view }: Configured): ReturnType<ResourceHandler['import']> {
  if (wanted !== view.organizationId)
    return Promise.resolve(
      notImported(error(`the membership is that of one organization: import it as ${view.organizationId}`)),
    )
  return Promise.resolve({
    problems: [],
    imported: [
      {
        type: 'postern_membership',
        state: { id: wanted, policies: {}, coverage_requirements: null, exceptions: null, accounts: {} },
      },
    ],
  })
}
