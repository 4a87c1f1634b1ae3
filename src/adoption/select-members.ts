import { foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { crowdOf, type Crowd } from './crowd.ts'
import { fewSelectors, type Effort } from './few-selectors.ts'
import { fewestSelectors } from './fewest-selectors.ts'
import type { Selection, SelectionInput } from './selection.ts'
import { listed, mendingOf, standingOf, type Selectors } from './selectors.ts'
import { byMembers, compareWeight, weigh } from './weight.ts'

/** How the members of a directory are selected. */
export interface SelectedMembers {
  /** One for each policy that has a member, sorted by name. Empty where none of its members can be selected. */
  readonly selections: ReadonlyMap<string, Selection>
  /** Accounts that no selector can put into their policy: nothing claims them. Sorted. */
  readonly unexpressed: readonly string[]
}

/** Work for the greedy choice, and for the search that follows it where there is little to choose from. */
const efforts = { few: 3_000_000, fewest: 2_000_000 } as const

/** Beyond this many sorts of accounts the search would not get far. */
const mostSearched = 1_500

/**
 * The selectors that put each member of one directory into the policy it is in, as the engine resolves them (design 3).
 *
 * **Exact, always**: each account with an address is claimed by its policy and by no other at that level, without `priority`; those in `unexpressed`, whose
 * domain documents may not name and which no group or `everyoneElse` tells apart, are claimed by none. **Fewest** items (accounts, groups, domains,
 * `everyoneElse`, also under `except`) where the search ends within its effort: that is so where few domains and groups matter; **few** elsewhere.
 * Of equally many: fewer accounts, `everyoneElse` for the policy with most members, domains rather than groups, then by name. The order of the input does
 * not matter.
 */
export function selectMembers(input: SelectionInput): SelectedMembers {
  const crowd = crowdOf(input)
  const [only, ...others] = crowd.policies
  if (only === undefined) return { selections: new Map(), unexpressed: [] }
  if (others.length === 0) return { selections: new Map([[only, { everyoneElse: true }]]), unexpressed: [] }
  const effort: Effort = { left: efforts.few }
  let best: { readonly selectors: Selectors; readonly weight: readonly number[] } | undefined
  let spent = 0
  for (const policy of likelyForEveryoneElse(crowd)) {
    // A choice that is cut short is no better than none.
    if (best !== undefined && effort.left < spent) break
    const before = effort.left
    const selectors = fewSelectors(crowd, policy, effort)
    spent = before - effort.left
    const weight = weigh(crowd, selectors)
    if (best === undefined || compareWeight(weight, best.weight) < 0) best = { selectors, weight }
  }
  if (best === undefined) return { selections: new Map(), unexpressed: [] }
  return written(
    crowd,
    crowd.alike.length > mostSearched
      ? best.selectors
      : fewestSelectors(crowd, best.selectors, { left: efforts.fewest }),
  )
}

/** The places of the policies: first that with most accounts which nothing else can select, then by members. */
function likelyForEveryoneElse(crowd: Crowd): readonly number[] {
  const needs = crowd.policies.map(() => 0)
  for (const { policy, extents, emails, listable } of crowd.alike)
    if (!listable && extents.length === 1) needs[policy] = (needs[policy] ?? 0) + emails.length
  return [...byMembers(crowd)].sort((a, b) => (needs[b] ?? 0) - (needs[a] ?? 0))
}

/** The selections in the documents’ form, with the addresses that the selectors leave to be written. */
function written(crowd: Crowd, selectors: Selectors): SelectedMembers {
  const drafts = crowd.policies.map(emptyDraft)
  const unexpressed = [...crowd.doubled]
  for (const { policy, extent: place, role } of listed(selectors)) {
    const extent = crowd.extents[place]
    if (extent !== undefined) drafts[policy]?.[role][extent.sort].push(extent.name)
  }
  crowd.alike.forEach(({ policy, emails, listable }, place) => {
    const standing = standingOf(crowd, selectors, place)
    const mending = mendingOf(listable, standing)
    if (mending === 'nothing') return
    if (mending === 'hopeless') unexpressed.push(...emails)
    if (mending === 'list') drafts[policy]?.claim.accounts.push(...emails)
    else for (const rival of standing.rivals) drafts[rival.policy]?.except.accounts.push(...emails)
  })
  return {
    selections: new Map(
      crowd.policies.map((name, policy) => [
        name,
        selectionOf(drafts[policy] ?? emptyDraft(), selectors.everyoneElse === policy),
      ]),
    ),
    unexpressed: unexpressed.sort(compareText),
  }
}

interface Lists {
  readonly accounts: string[]
  readonly groups: string[]
  readonly domains: string[]
}

const emptyLists = (): Lists => ({ accounts: [], groups: [], domains: [] })

const emptyDraft = (): { readonly claim: Lists; readonly except: Lists } => ({
  claim: emptyLists(),
  except: emptyLists(),
})

function selectionOf({ claim, except }: ReturnType<typeof emptyDraft>, everyoneElse: boolean): Selection {
  const excepted = filled(except)
  return {
    ...filled(claim),
    ...(everyoneElse && { everyoneElse: true as const }),
    ...(Object.keys(excepted).length > 0 && { except: excepted }),
  }
}

const filled = ({ accounts, groups, domains }: Lists): Partial<Record<keyof Lists, readonly string[]>> => ({
  ...(accounts.length > 0 && { accounts: distinct(accounts) }),
  ...(groups.length > 0 && { groups: [...groups].sort(compareText) }),
  ...(domains.length > 0 && { domains: [...domains].sort(compareText) }),
})

/** Sorted, each address once however it is written. */
function distinct(emails: readonly string[]): readonly string[] {
  const byAddress = new Map<string, string>()
  for (const email of [...emails].sort(compareText))
    if (!byAddress.has(foldEmail(email))) byAddress.set(foldEmail(email), email)
  return [...byAddress.values()]
}
