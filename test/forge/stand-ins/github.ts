import { textOf, type Json, type JsonObject } from '../../../src/model/json.ts'
import type { HttpRequest, HttpResponse } from '../../../src/org/transport.ts'
import { bodyOf, empty, json, pageOf, standIn, type StandIn } from './stand-in.ts'

/** What the state holds of a comment or an issue. */
export interface Stored {
  readonly id: number
  readonly on: string
  readonly author: string
  body: string
  title?: string
  editor?: string
  labels: readonly string[]
  open: boolean
}

export interface GithubPull {
  readonly number: number
  readonly head: string
  readonly merge?: string
  /** Who opened it: alice, where nothing else is said; null where the account is gone. */
  readonly author?: string | null
}

export interface GithubOptions {
  readonly repository?: string
  /** Comments and issues of one answer. */
  readonly page?: number
  readonly api?: string
  readonly graph?: string
}

export interface GithubStandIn extends StandIn {
  readonly comments: Stored[]
  readonly issues: Stored[]
  /** What `permissions:` of the job grants; change it to take one away. */
  readonly permissions: Map<string, 'read' | 'write'>
  /** The pull requests that brought a commit in. */
  readonly commits: Map<string, readonly GithubPull[]>
  /** Somebody comments. */
  readonly comment: (pullRequest: number, author: string, body: string) => Stored
  /** Somebody edits a comment or an issue. */
  readonly edit: (stored: Stored, editor: string, body: string) => void
  readonly remove: (stored: Stored) => void
}

/** As GraphQL names the account of a job's token; REST adds `[bot]`. */
export const githubLogin = 'github-actions'

const longest = 65_536

/** A stand-in for GitHub, written from its documentation: each route names it. */
export function githubStandIn(options: GithubOptions = {}): GithubStandIn {
  const { repository = 'acme/policies', page: size = 2 } = options
  const { api = 'https://api.github.com', graph = `${api}/graphql` } = options
  const token = 'ghs_StandInTokenOfAJob0123456789abcdefgh'
  const comments: Stored[] = []
  const issues: Stored[] = []
  const permissions = new Map<string, 'read' | 'write'>([
    ['pull-requests', 'write'],
    ['issues', 'write'],
  ])
  const commits = new Map<string, readonly GithubPull[]>()
  // Comments have ids beyond 32 bits by now.
  let next = 3_000_000_000

  const store = (where: Stored[], on: string, author: string, body: string): Stored => {
    const stored: Stored = {
      id: where === issues ? issues.length + 1 : next++,
      on,
      author,
      body,
      labels: [],
      open: true,
    }
    where.push(stored)
    return stored
  }
  const pullsKnown = new Set(['7'])
  const may = (level: 'read' | 'write', ...names: readonly string[]) =>
    names.some(name => permissions.get(name) === 'write' || permissions.get(name) === level)

  // https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permission-errors
  const forbidden = (accepted: string): HttpResponse =>
    json(
      403,
      {
        message: 'Resource not accessible by integration',
        documentation_url: 'https://docs.github.com/rest',
        status: '403',
      },
      { 'x-accepted-github-permissions': accepted },
    )
  const notFound = json(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' })
  const toComment = 'issues=write; pull_requests=write'

  // https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
  const tooLong = json(422, {
    message: 'Validation Failed',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: `body is too long (maximum is ${longest} characters)`,
      },
    ],
    documentation_url: 'https://docs.github.com/rest',
    status: '422',
  })

  const rest = (stored: Stored, id: Json): JsonObject => ({
    ...(stored.title === undefined
      ? { id }
      : { id: 9_000_000_000 + stored.id, number: stored.id, title: stored.title }),
    html_url: pageOfPost(stored),
    body: stored.body,
    user: { login: stored.author === githubLogin ? 'github-actions[bot]' : stored.author },
  })
  const pageOfPost = (stored: Stored): string =>
    stored.title === undefined
      ? `https://github.com/${repository}/pull/${stored.on}#issuecomment-${stored.id}`
      : `https://github.com/${repository}/issues/${stored.id}`

  const write = (stored: Stored, body: string): void => {
    if (body !== stored.body) Object.assign(stored, { body, editor: githubLogin })
  }

  function route(request: HttpRequest): HttpResponse {
    if (request.headers['authorization'] !== `Bearer ${token}`) {
      return json(401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' })
    }
    if (request.url === graph) return query(request)
    const url = new URL(request.url)
    const path = request.url.startsWith(api) ? request.url.slice(api.length).split('?')[0] : undefined
    const [, below] = new RegExp(`^/repos/${repository}(/.*)$`).exec(path ?? '') ?? []
    if (below === undefined) return notFound
    const { method } = request
    const sent = bodyOf(request)
    const text = textOf(sent['body'] ?? '')
    const [, onPull] = /^\/issues\/(\d+)\/comments$/.exec(below) ?? []
    const [, commentId] = /^\/issues\/comments\/(\d+)$/.exec(below) ?? []
    const [, issueId] = /^\/issues\/(\d+)$/.exec(below) ?? []
    const [, commit] = /^\/commits\/(\w+)\/pulls$/.exec(below) ?? []

    // https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
    if (method === 'POST' && onPull !== undefined) {
      if (!may('write', 'issues', 'pull-requests')) return forbidden(toComment)
      if (!pullsKnown.has(onPull)) return notFound
      if (text.length > longest) return tooLong
      const made = store(comments, onPull, githubLogin, text)
      return json(201, rest(made, made.id))
    }
    if (commentId !== undefined) {
      const found = comments.find(({ id }) => String(id) === commentId)
      if (!may('write', 'issues', 'pull-requests')) return forbidden(toComment)
      if (found === undefined) return notFound
      // https://docs.github.com/en/rest/issues/comments#delete-an-issue-comment
      if (method === 'DELETE') {
        comments.splice(comments.indexOf(found), 1)
        return empty(204)
      }
      // https://docs.github.com/en/rest/issues/comments#update-an-issue-comment
      if (text.length > longest) return tooLong
      write(found, text)
      return json(200, rest(found, found.id))
    }
    // https://docs.github.com/en/rest/issues/issues#create-an-issue
    if (method === 'POST' && below === '/issues') {
      if (!may('write', 'issues')) return forbidden('issues=write')
      if (text.length > longest) return tooLong
      const made = store(issues, '', githubLogin, text)
      Object.assign(made, { title: textOf(sent['title'] ?? ''), labels: sent['labels'] ?? [] })
      return json(201, rest(made, made.id))
    }
    // https://docs.github.com/en/rest/issues/issues#update-an-issue
    if (method === 'PATCH' && issueId !== undefined) {
      const found = issues.find(({ id }) => String(id) === issueId)
      if (!may('write', 'issues')) return forbidden('issues=write; pull_requests=write')
      if (found === undefined) return notFound
      if (sent['body'] !== undefined) write(found, text)
      if (typeof sent['title'] === 'string') found.title = sent['title']
      if (sent['state'] === 'closed') found.open = false
      return json(200, rest(found, found.id))
    }
    // https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
    if (method === 'GET' && commit !== undefined) {
      if (!may('read', 'pull-requests')) return forbidden('pull_requests=read,metadata=read')
      const page = Number(url.searchParams.get('page') ?? 1)
      const { items, more } = pageOf(commits.get(commit) ?? [], page, size)
      // https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
      url.searchParams.set('page', String(page + 1))
      const last = `<${url.href.replace(/page=\d+$/, 'page=9')}>; rel="last"`
      return json(200, items.map(pull), more ? { link: `<${url.href}>; rel="next", ${last}` } : {})
    }
    return notFound
  }

  const pull = ({ number, head, merge, author = 'alice' }: GithubPull): JsonObject => ({
    number,
    html_url: `https://github.com/${repository}/pull/${number}`,
    user: author === null ? null : { login: author },
    head: { sha: head },
    // A pull request that is open has one too: that of a merge for trying.
    merge_commit_sha: merge ?? `${head.slice(0, 6)}0000`,
    merged_at: merge === undefined ? null : '2026-11-24T12:00:00Z',
    state: merge === undefined ? 'open' : 'closed',
  })

  // https://docs.github.com/en/graphql/reference/objects#issuecomment, #issue; https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api
  function query(request: HttpRequest): HttpResponse {
    const { query: text, variables } = bodyOf(request) as { query: string; variables: JsonObject }
    const { owner, name, number, label, after } = variables
    const missing = (path: Json, message: string) =>
      json(200, { data: { repository: null }, errors: [{ type: 'NOT_FOUND', path, message }] })
    if (`${textOf(owner ?? '')}/${textOf(name ?? '')}` !== repository) {
      return missing(
        ['repository'],
        `Could not resolve to a Repository with the name '${textOf(owner ?? '')}/${textOf(name ?? '')}'.`,
      )
    }
    const ofIssues = text.includes('issues(')
    if (!may('read', ofIssues ? 'issues' : 'pull-requests')) {
      const message = 'Resource not accessible by integration'
      return json(200, { data: { repository: null }, errors: [{ type: 'FORBIDDEN', path: ['repository'], message }] })
    }
    if (!ofIssues && !pullsKnown.has(textOf(number ?? ''))) {
      return missing(
        ['repository', 'pullRequest'],
        `Could not resolve to a PullRequest with the number of ${textOf(number ?? '')}.`,
      )
    }
    const all = ofIssues
      ? issues.filter(({ open, labels }) => open && labels.includes(textOf(label ?? '')))
      : comments.filter(({ on }) => on === textOf(number ?? ''))
    const start = after === null ? 0 : Number(Buffer.from(textOf(after ?? ''), 'base64').toString())
    const end = Math.min(start + size, all.length)
    const connection = {
      nodes: all.slice(start, end).map(node),
      pageInfo: { hasNextPage: end < all.length, endCursor: Buffer.from(String(end)).toString('base64') },
    }
    return json(200, {
      data: { repository: ofIssues ? { issues: connection } : { pullRequest: { comments: connection } } },
    })
  }

  const node = (stored: Stored): JsonObject => ({
    // A BigInt is a text in JSON, and the number of an issue a number.
    id: stored.title === undefined ? String(stored.id) : stored.id,
    url: pageOfPost(stored),
    body: stored.body,
    viewerDidAuthor: stored.author === githubLogin,
    author: { login: stored.author },
    editor: stored.editor === undefined ? null : { login: stored.editor },
  })

  return {
    ...standIn(token, route),
    comments,
    issues,
    permissions,
    commits,
    comment: (pullRequest, author, body) => store(comments, String(pullRequest), author, body),
    edit: (stored, editor, body) => Object.assign(stored, { editor, body }),
    remove: stored => {
      comments.splice(comments.indexOf(stored), 1)
    },
  }
}
