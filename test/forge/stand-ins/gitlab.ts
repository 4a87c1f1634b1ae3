import { textOf, type JsonObject } from '../../../src/model/json.ts'
import type { HttpRequest, HttpResponse } from '../../../src/org/transport.ts'
import { bodyOf, empty, json, pageOf, standIn, type StandIn } from './stand-in.ts'

export interface GitlabPost {
  readonly id: number
  readonly author: number
  readonly system: boolean
  body: string
  title?: string
  labels: readonly string[]
  open: boolean
}

export interface GitlabMerge {
  readonly iid: number
  readonly sha: string
  readonly merge?: string
  readonly squash?: string
  /** Who opened it: alice, where nothing else is said. */
  readonly author?: string
}

export interface GitlabStandIn extends StandIn {
  readonly notes: GitlabPost[]
  readonly issues: GitlabPost[]
  /** Whether the token has the scope `api`, or only reads. */
  readonly scopes: Set<'api' | 'read_api'>
  readonly commits: Map<string, readonly GitlabMerge[]>
  /** Somebody, by id, comments on merge request 7. */
  readonly note: (author: number, body: string, system?: boolean) => GitlabPost
}

/** The id of the account that the token acts as. */
export const gitlabUser = 4000

const longest = 1_000_000

/** A stand-in for GitLab with one project, 42, that has merge request 7; written from its documentation: each route names it. */
export function gitlabStandIn({ page: size = 2 }: { readonly page?: number } = {}): GitlabStandIn {
  const api = 'https://gitlab.com/api/v4'
  const token = 'glpat-StandInTokenOfAProject01'
  const notes: GitlabPost[] = []
  const issues: GitlabPost[] = []
  const scopes = new Set<'api' | 'read_api'>(['api'])
  const commits = new Map<string, readonly GitlabMerge[]>()
  let next = 301

  const store = (where: GitlabPost[], author: number, body: string, system = false): GitlabPost => {
    const post: GitlabPost = {
      id: where === issues ? issues.length + 1 : next++,
      author,
      system,
      body,
      labels: [],
      open: true,
    }
    where.push(post)
    return post
  }

  const noteOf = ({ id, author, system, body }: GitlabPost): JsonObject => ({
    id,
    author: { id: author },
    system,
    body,
  })
  const issueOf = ({ id, author, body, title, open, labels }: GitlabPost): JsonObject => ({
    id: 8000 + id,
    iid: id,
    author: { id: author },
    description: body,
    title: title ?? '',
    labels,
    state: open ? 'opened' : 'closed',
    web_url: `https://gitlab.com/acme/policies/-/issues/${id}`,
  })

  // https://docs.gitlab.com/api/rest/#pagination-link-header
  const listing = (url: URL, all: readonly JsonObject[]): HttpResponse => {
    const page = Number(url.searchParams.get('page') ?? 1)
    const { items, more } = pageOf(all, page, size)
    const link = (rel: string, to: number): string => {
      url.searchParams.set('page', String(to))
      return `<${url.href}>; rel="${rel}"`
    }
    const links = [...(more ? [link('next', page + 1)] : []), link('first', 1)]
    return json(200, items, { link: links.join(', ') })
  }

  // https://docs.gitlab.com/api/rest/troubleshooting/
  const notFound = json(404, { message: '404 Not found' })
  const tooLong = (member: string) => json(400, { message: { [member]: [`is too long (${longest} characters)`] } })

  function route(request: HttpRequest): HttpResponse {
    if (request.headers['private-token'] !== token) return json(401, { message: '401 Unauthorized' })
    const url = new URL(request.url)
    if (!request.url.startsWith(api)) return notFound
    const path = url.pathname.slice(new URL(api).pathname.length)
    const { method } = request
    if (method !== 'GET' && !scopes.has('api')) {
      const error_description = 'The request requires higher privileges than provided by the access token.'
      return json(403, { error: 'insufficient_scope', error_description, scope: 'api' })
    }
    // https://docs.gitlab.com/api/users/#retrieve-the-current-user
    if (path === '/user') return json(200, { id: gitlabUser, username: 'project_42_bot_1' })
    const [, below] = /^\/projects\/42(\/.*)$/.exec(path) ?? []
    if (below === undefined) return json(404, { message: '404 Project Not Found' })
    const sent = bodyOf(request)
    const body = textOf(sent['body'] ?? sent['description'] ?? '')
    if (body.length > longest) return tooLong(sent['body'] === undefined ? 'description' : 'note')
    const [, onMerge, , noteId] = /^\/merge_requests\/(\d+)\/notes(\/(\d+))?$/.exec(below) ?? []
    const [, issueId] = /^\/issues\/(\d+)$/.exec(below) ?? []
    const [, commit] = /^\/repository\/commits\/(\w+)\/merge_requests$/.exec(below) ?? []

    if (onMerge !== undefined && onMerge !== '7') return notFound
    // https://docs.gitlab.com/api/notes/#merge-requests
    if (onMerge !== undefined && noteId === undefined) {
      return method === 'GET' ? listing(url, notes.map(noteOf)) : json(201, noteOf(store(notes, gitlabUser, body)))
    }
    if (noteId !== undefined) {
      const found = notes.find(({ id }) => String(id) === noteId)
      if (found === undefined) return json(404, { message: '404 Note Not Found' })
      if (found.author !== gitlabUser) return json(403, { message: '403 Forbidden' })
      if (method === 'DELETE') {
        notes.splice(notes.indexOf(found), 1)
        return empty(204)
      }
      found.body = body
      return json(200, noteOf(found))
    }
    // https://docs.gitlab.com/api/issues/#list-all-project-issues
    if (below === '/issues' && method === 'GET') {
      const label = url.searchParams.get('labels') ?? ''
      const state = url.searchParams.get('state')
      return listing(
        url,
        issues.filter(({ open, labels }) => open === (state === 'opened') && labels.includes(label)).map(issueOf),
      )
    }
    // https://docs.gitlab.com/api/issues/#create-an-issue
    if (below === '/issues') {
      const made = store(issues, gitlabUser, body)
      Object.assign(made, { title: textOf(sent['title'] ?? ''), labels: textOf(sent['labels'] ?? '').split(',') })
      return json(201, issueOf(made))
    }
    // https://docs.gitlab.com/api/issues/#update-an-issue
    if (issueId !== undefined && method === 'PUT') {
      const found = issues.find(({ id }) => String(id) === issueId)
      if (found === undefined) return notFound
      if (sent['description'] !== undefined) found.body = body
      if (typeof sent['title'] === 'string') found.title = sent['title']
      if (sent['state_event'] === 'close') found.open = false
      return json(200, issueOf(found))
    }
    // https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit
    if (commit !== undefined) return listing(url, (commits.get(commit) ?? []).map(mergeOf))
    return notFound
  }

  const mergeOf = ({ iid, sha, merge, squash, author = 'alice' }: GitlabMerge): JsonObject => ({
    iid,
    author: { id: 17, username: author },
    sha,
    merge_commit_sha: merge ?? null,
    squash_commit_sha: squash ?? null,
    state: merge === undefined && squash === undefined ? 'opened' : 'merged',
    web_url: `https://gitlab.com/acme/policies/-/merge_requests/${iid}`,
  })

  return {
    ...standIn(token, route),
    notes,
    issues,
    scopes,
    commits,
    note: (author, body, system = false) => store(notes, author, body, system),
  }
}
