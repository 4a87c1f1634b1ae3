import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ForgeCall, ForgeSend } from './call.ts'
import type { Posted } from './contract.ts'
import { forgeError } from './forge-error.ts'
import { mostPages } from './pages.ts'
import { notFound, refused } from './refusal.ts'
import { saidBy } from './said.ts'
import { graphErrors } from './send.ts'
import { shapeOf, type Shape } from './shape.ts'

/** What is listed: the comments of a pull request, or the open issues with a label. */
export type GraphListing = Pick<ForgeCall, 'operation' | 'needs'> &
  ({ readonly field: 'comments'; readonly number: number } | { readonly field: 'issues'; readonly label: string })

// An id of today's comments does not fit in `databaseId`, which is deprecated for that: https://docs.github.com/en/graphql/reference/objects#issuecomment
const ofAll = 'url body viewerDidAuthor author { login } editor { login }'
const pageInfo = 'pageInfo { hasNextPage endCursor }'

const queries = {
  comments: `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) { nodes { id: fullDatabaseId ${ofAll} } ${pageInfo} }
    }
  }
}`,
  issues: `query ($owner: String!, $name: String!, $label: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(first: 100, after: $after, states: OPEN, labels: [$label], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes { id: number ${ofAll} } ${pageInfo}
    }
  }
}`,
} as const

/** All that a listing holds, page by page. */
export async function graphPages(
  send: ForgeSend,
  repository: { readonly owner: string; readonly name: string },
  listing: GraphListing,
): Promise<readonly Posted[]> {
  const { field, operation, needs } = listing
  const shape = shapeOf('GitHub', listing)
  const about = field === 'comments' ? { number: listing.number } : { label: listing.label }
  const found: Posted[] = []
  let after: string | null = null
  for (let page = 1; page <= mostPages; page++) {
    const variables: JsonObject = { ...repository, ...about, after }
    const call: ForgeCall = {
      method: 'POST',
      path: '',
      reads: true,
      operation,
      needs,
      body: { query: queries[field], variables },
    }
    const answer = await send(call)
    const connection = connectionIn(answer.body, field, call, shape)
    found.push(...shape.list(connection['nodes']).map(node => postedOf(node, shape)))
    const { hasNextPage, endCursor } = shape.object(connection['pageInfo'])
    if (hasNextPage !== true) return found
    after = shape.text(endCursor)
  }
  return shape.other()
}

function connectionIn(body: Json | undefined, field: GraphListing['field'], call: ForgeCall, shape: Shape): JsonObject {
  const [type] = graphErrors(body)
  if (type !== undefined) throw graphError(body, type, call)
  const repository = shape.object(shape.object(shape.object(body)['data'])['repository'])
  return shape.object(field === 'issues' ? repository['issues'] : shape.object(repository['pullRequest'])['comments'])
}

// GraphQL answers 200 and names the kind of error in the body: https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
function graphError(body: Json | undefined, type: string, call: ForgeCall) {
  const said = saidBy(body)
  const facts = { forge: 'GitHub', operation: call.operation, status: 200, ...(said !== undefined && { said }) }
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return refused(facts, call)
  if (type === 'NOT_FOUND') return notFound(facts, call)
  return forgeError('forge/unexpected', facts)
}

function postedOf(node: Json, shape: Shape): Posted {
  const { id, url, body, viewerDidAuthor, author, editor } = shape.object(node)
  const editedBy = loginOf(editor)
  return {
    id: shape.id(id),
    url: shape.text(url),
    body: shape.text(body),
    mine: viewerDidAuthor === true,
    ...(editedBy !== undefined && editedBy !== loginOf(author) && { editedBy }),
  }
}

// Both are null where the account is gone; the editor also where nobody edited.
const loginOf = (actor: Json | undefined): string | undefined =>
  isObject(actor) && typeof actor['login'] === 'string' ? actor['login'] : undefined
