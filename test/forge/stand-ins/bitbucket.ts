import type { JsonObject } from '../../../src/model/json.ts'
import type { HttpRequest, HttpResponse } from '../../../src/org/transport.ts'
import { bodyOf, empty, json, pageOf, standIn, type StandIn } from './stand-in.ts'

export interface BitbucketComment {
  readonly id: number
  readonly author: string
  raw: string
  deleted: boolean
}

export interface BitbucketPull {
  readonly id: number
  readonly head: string
  readonly merge?: string
  /** Who opened it: alice, where nothing else is said. */
  readonly author?: string
}

export interface BitbucketStandIn extends StandIn {
  readonly comments: BitbucketComment[]
  readonly scopes: Set<string>
  readonly commits: Map<string, readonly BitbucketPull[]>
  /** Somebody comments on pull request 7; an account of a token is one whose name begins with `bot`. */
  readonly comment: (author: string, raw: string) => BitbucketComment
}

/** The account that the token acts as. */
export const bitbucketBot = 'bot-1'

const longest = 32_768

export interface BitbucketOptions {
  readonly page?: number
  /** Whether the token is an access token of the repository, which `/user` does not know, or one of a person. */
  readonly person?: string
  /** Whether the app is installed that finds the pull requests of a commit. */
  readonly commitLinks?: boolean
}

/** A stand-in for Bitbucket Cloud with the repository acme/policies and its pull request 7; written from its documentation: each route names it. */
export function bitbucketStandIn(options: BitbucketOptions = {}): BitbucketStandIn {
  const { page: size = 2, person, commitLinks = true } = options
  const me = person ?? bitbucketBot
  const api = 'https://api.bitbucket.org/2.0'
  const token = 'ATCTT3StandInTokenOfARepository0123456789'
  const comments: BitbucketComment[] = []
  const scopes = new Set(['pullrequest', 'pullrequest:write', 'account'])
  const commits = new Map<string, readonly BitbucketPull[]>()

  const comment = (author: string, raw: string): BitbucketComment => {
    const made = { id: 500 + comments.length, author, raw, deleted: false }
    comments.push(made)
    return made
  }
  const accountOf = (name: string): JsonObject => ({
    type: name.startsWith('bot') ? 'app_user' : 'user',
    uuid: `{${name}}`,
    display_name: name,
  })
  const commentOf = ({ id, author, raw, deleted }: BitbucketComment): JsonObject => ({
    type: 'pullrequest_comment',
    id,
    content: { type: 'rendered', raw, markup: 'markdown', html: '' },
    user: accountOf(author),
    deleted,
    links: { html: { href: `https://bitbucket.org/acme/policies/pull-requests/7#comment-${id}` } },
  })

  // https://developer.atlassian.com/cloud/bitbucket/rest/intro/#standardized-error-responses
  const error = (status: number, message: string, detail?: JsonObject) =>
    json(status, { type: 'error', error: { message, ...(detail && { detail }) } })
  const lacks = (scope: string) =>
    error(403, 'Your credentials lack one or more required privilege scopes.', {
      required: [scope],
      granted: [...scopes],
    })

  // https://developer.atlassian.com/cloud/bitbucket/rest/intro/#pagination
  const listing = (url: URL, all: readonly JsonObject[]): HttpResponse => {
    const page = Number(url.searchParams.get('page') ?? 1)
    const { items, more } = pageOf(all, page, size)
    url.searchParams.set('page', String(page + 1))
    return json(200, { values: items, page, size: all.length, pagelen: size, ...(more && { next: url.href }) })
  }

  function route(request: HttpRequest): HttpResponse {
    if (request.headers['authorization'] !== `Bearer ${token}`)
      return error(401, 'Token is invalid, expired, or not supported for this endpoint.')
    const url = new URL(request.url)
    const path = url.pathname.slice(new URL(api).pathname.length)
    const { method } = request
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/#api-user-get; https://jira.atlassian.com/browse/BCLOUD-23528
    if (path === '/user') {
      if (person === undefined) return error(401, 'Token is invalid or not supported for this endpoint.')
      return scopes.has('account') ? json(200, accountOf(person)) : lacks('account')
    }
    const [, below] = /^\/repositories\/acme\/policies(\/.*)$/.exec(path) ?? []
    if (below === undefined) return error(404, `Repository ${path} not found`)
    const scope = method === 'GET' ? 'pullrequest' : 'pullrequest:write'
    if (!scopes.has(scope)) return lacks(scope)
    const raw = (bodyOf(request)['content'] as { raw?: string } | undefined)?.raw ?? ''
    if (raw.length > longest) return error(400, 'content: Ensure this value has at most 32768 characters')
    const [, on, , commentId] = /^\/pullrequests\/(\d+)\/comments(\/(\d+))?$/.exec(below) ?? []
    const [, pullId] = /^\/pullrequests\/(\d+)$/.exec(below) ?? []
    const [, commit] = /^\/commit\/(\w+)\/pullrequests$/.exec(below) ?? []

    if (on !== undefined && on !== '7') return error(404, 'There is no pull request with this ID.')
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-comments-get
    if (on !== undefined && commentId === undefined) {
      return method === 'GET' ? listing(url, comments.map(commentOf)) : json(201, commentOf(comment(me, raw)))
    }
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-comments-comment-id-put
    if (commentId !== undefined) {
      const found = comments.find(({ id, deleted }) => String(id) === commentId && !deleted)
      if (found === undefined) return error(404, 'There is no comment with this ID.')
      if (found.author !== me) return error(403, 'You do not have permission to change this comment.')
      if (method === 'DELETE') {
        Object.assign(found, { deleted: true, raw: '' })
        return empty(204)
      }
      found.raw = raw
      return json(200, commentOf(found))
    }
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-commit-commit-pullrequests-get
    if (commit !== undefined) {
      if (!commitLinks) return error(404, 'The Pull Request Commit Links app is not installed.')
      return listing(url, (commits.get(commit) ?? []).map(partOf))
    }
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-get
    if (pullId !== undefined) {
      const found = [...commits.values()].flat().find(({ id }) => String(id) === pullId)
      return found === undefined ? error(404, 'There is no pull request with this ID.') : json(200, pullOf(found))
    }
    return error(404, 'Resource not found')
  }

  // What a listing tells of a pull request need not be all of it.
  const partOf = ({ id }: BitbucketPull): JsonObject => ({
    type: 'pullrequest',
    id,
    title: `Change ${id}`,
    links: { html: { href: `https://bitbucket.org/acme/policies/pull-requests/${id}` } },
  })

  // Commits are named by their first twelve digits.
  const pullOf = ({ id, head, merge, author = 'alice' }: BitbucketPull): JsonObject => ({
    ...partOf({ id, head }),
    author: accountOf(author),
    state: merge === undefined ? 'OPEN' : 'MERGED',
    source: { commit: { hash: head.slice(0, 12) } },
    merge_commit: merge === undefined ? null : { hash: merge.slice(0, 12) },
  })

  return { ...standIn(token, route), comments, scopes, commits, comment }
}
