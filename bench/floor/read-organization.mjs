// The floor of `postern plan`: reads what the plan has to know by the fewest requests, so many at a time, keeps what it needs and does nothing with it. Prints how many requests that took.
import { Agent, request } from 'undici'

const { url, apiKey, organizationId, named } = JSON.parse(process.argv[2])
const concurrency = 4
const pageSize = 100
const mostActivityReads = 150

const dispatcher = new Agent({ connections: concurrency })
const headers = { authorization: `Bearer ${apiKey}`, accept: 'application/json', 'content-type': 'application/json' }
const v1 = `/admin/v1/orgs/${organizationId}`
const v2 = `/admin/v2/orgs/${organizationId}/directories/-`
const control = `/admin/control/v1/orgs/${organizationId}`

let requests = 0
let free = concurrency
const waiting = []

async function ask(path, body) {
  if (free > 0) free--
  else await new Promise(resolve => waiting.push(resolve))
  requests++
  const answer = await request(url + path, {
    dispatcher,
    headers,
    method: body === undefined ? 'GET' : 'POST',
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await answer.body.text()
  const next = waiting.shift()
  if (next === undefined) free++
  else next()
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`)
  return JSON.parse(text)
}

/** Pages whose cursor is in the query. */
async function list(path, cursorOf) {
  const items = []
  let at = path
  while (at !== undefined) {
    const page = await ask(at)
    items.push(...page.data)
    const cursor = cursorOf(page)
    at =
      cursor === undefined ? undefined : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
  }
  return items
}
const inLink = ({ links }) => links.next && new URL(links.next, url).searchParams.get('cursor')
const inMeta = ({ meta }) => meta.next

/** Pages of a search, the next being on its way while the last is looked at. */
async function* search(path, body) {
  let coming = ask(path, { ...body, limit: pageSize })
  while (coming !== undefined) {
    const { data, links } = await coming
    coming = links.next === undefined ? undefined : ask(path, { ...body, limit: pageSize, cursor: links.next })
    yield data
  }
}

const accounts = new Map()
const externals = []

async function users() {
  const policies = []
  let batch = []
  const flush = () => {
    const ids = batch
    batch = []
    if (ids.length > 0) policies.push(ask(`${control}/users/auth-policies/bulk-fetch`, { accountIds: ids }))
  }
  for await (const page of search(`${v2}/users/search`, { expand: ['platformRoles', 'productAccess'] })) {
    for (const { accountId, email, status, accountStatus, claimStatus, mfaEnabled, platformRoles, ...user } of page) {
      const products = user.productAccess.map(({ key }) => key)
      const { addedToOrg, accountType } = user
      const account = { accountId, email, status, mfaEnabled, platformRoles, products, addedToOrg, accountType }
      if (claimStatus === 'unmanaged') externals.push(account)
      else {
        accounts.set(email.toLowerCase(), account)
        if (accountStatus === 'active') batch.push(accountId)
        if (batch.length === pageSize) flush()
      }
    }
  }
  flush()
  for (const answer of policies)
    for (const { email, policyId } of await answer) accounts.get(email.toLowerCase()).policyId = policyId
}

async function members(name) {
  const found = []
  for await (const page of search(`${v2}/groups/search`, { searchTerm: name })) found.push(...page)
  const ids = []
  const groupIds = found.filter(group => group.name === name).map(({ id }) => id)
  for await (const page of search(`${v2}/users/search`, { groupIds, expand: [] }))
    ids.push(...page.map(({ accountId }) => accountId))
  return ids
}

async function allowlists() {
  const all = await list(`${control}/policies?type=ip-allowlist`, inMeta)
  const wanted = all.filter(({ name, attributes }) => named.allowlists.includes(name ?? attributes?.name))
  return Promise.all(wanted.map(({ id }) => list(`${control}/policies/${id}/resources`, inMeta)))
}

/** When external accounts were last active that the rule is about. */
async function activity() {
  if (named.inactiveAfterDays === undefined) return []
  const cutoff = Date.now() - named.inactiveAfterDays * 86_400_000
  const wanted = externals.filter(
    ({ email, status, platformRoles, products, addedToOrg, accountType }) =>
      (status === 'active' || status === 'suspended') &&
      accountType === 'atlassian' &&
      products.length > 0 &&
      !platformRoles.includes('atlassian/org-admin') &&
      !named.breakGlass.includes(email.toLowerCase()) &&
      Date.parse(addedToOrg) < cutoff,
  )
  return Promise.all(
    wanted
      .slice(0, mostActivityReads)
      .map(({ accountId }) => ask(`${v1}/directory/users/${accountId}/last-active-dates`)),
  )
}

await ask(v1)
await Promise.all([
  list(`${v1}/domains`, inLink),
  users(),
  list(`/admin/api-access/v1/orgs/${organizationId}/api-tokens?pageSize=1000`, inLink),
  allowlists(),
  ...named.groups.map(members),
])
await activity()
await dispatcher.close()
console.log(requests)
