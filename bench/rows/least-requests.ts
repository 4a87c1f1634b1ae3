import type { OrganizationSizes } from '../harness/organization-sizes.ts'

/** Items of one page or batch, as documented or as they are known to work: the sizes that Postern asks for too. */
export const pageSizes = {
  domains: 100,
  users: 100,
  bulkFetch: 100,
  tokens: 1000,
  groups: 100,
  control: 25,
}

/** When an account was last active costs a request each, and of those 200 a minute are allowed: a plan asks for so many and says so. */
export const mostActivityReads = 150

/** An empty listing has a page too. */
const pages = (items: number, size: number): number => Math.max(1, Math.ceil(items / size))

/** The fewest requests by which all that a plan depends on can be read, first with an empty ledger. */
export function leastRequests(sizes: OrganizationSizes): number {
  const { domains, users, managedActive, tokens, groupMembers, allowlists, allowlistResources, activityUnknown } = sizes
  const organization = 1
  return (
    organization +
    pages(domains, pageSizes.domains) +
    pages(users, pageSizes.users) +
    Math.ceil(managedActive / pageSizes.bulkFetch) +
    pages(tokens, pageSizes.tokens) +
    // A group is found by its name, then its members are listed.
    sum(groupMembers.map(members => 1 + pages(members, pageSizes.users))) +
    pages(allowlists, pageSizes.control) +
    sum(allowlistResources.map(resources => pages(resources, pageSizes.control))) +
    Math.min(activityUnknown, mostActivityReads)
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Addresses of one add-users call. */
const addUsersBatch = 100

/** The fewest calls that move so many accounts into each of several policies. */
export const leastWrites = (moves: readonly number[]): number =>
  sum(moves.map(accounts => Math.ceil(accounts / addUsersBatch)))

/** The fewest seconds in which so many calls are admitted, counted from the beginning of a minute: the calls of the last minute take none. */
export const leastSeconds = (calls: number, perMinute: number): number => (Math.ceil(calls / perMinute) - 1) * 60
