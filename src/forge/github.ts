import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ForgeCall } from './call.ts'
import type { Board, Forge, Post, PullRequest } from './contract.ts'
import { driftLabel } from './drift-label.ts'
import { fits } from './fits.ts'
import { graphPages, type GraphListing } from './github-graph.ts'
import { gone } from './gone.ts'
import { linkedPages } from './pages.ts'
import { forgeSend, type ForgeAccess } from './send.ts'
import { shapeOf } from './shape.ts'

/** A repository on github.com or GitHub Enterprise, and how to reach its API. */
export interface GithubPlace {
  /** Such as `https://api.github.com`. */
  readonly api: string
  /** Such as `https://api.github.com/graphql`. On GitHub Enterprise Server it is not below `api`. */
  readonly graph: string
  /** `owner/name`. */
  readonly repository: string
}

const forge = 'GitHub'

/** Not documented; it is what GitHub says of a longer body: “body is too long (maximum is 65536 characters)”. */
const limit = 65_536

/**
 * The client of GitHub. Comments and issues are listed by GraphQL, since only there it is told who edited them and whether
 * the token wrote them: https://docs.github.com/en/graphql/reference/objects#issuecomment. They are written by REST, whose
 * refusals name the permission that is missing.
 */
export function github({ api, graph, repository }: GithubPlace, access: ForgeAccess): Forge {
  // https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#headers
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${access.token}`,
    'x-github-api-version': '2022-11-28',
  }
  const send = forgeSend({ ...access, forge, base: api, headers })
  const sendGraph = forgeSend({ ...access, forge, base: graph, headers })
  const [owner = '', repo = ''] = repository.split('/')
  const here = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`

  const posted = (body: Json | undefined, id: 'id' | 'number', call: ForgeCall) => {
    const shape = shapeOf(forge, call)
    const made = shape.object(body)
    return { id: shape.id(made[id]), url: shape.text(made['html_url']), body: shape.text(made['body']), mine: true }
  }

  return {
    system: 'github',
    limit,
    comments: pullRequest => {
      const of = `of pull request ${pullRequest}`
      const needs = ['pull-requests: write', 'issues: write']
      const listing: GraphListing = {
        number: Number(pullRequest),
        field: 'comments',
        operation: `list the comments ${of}`,
        needs: ['pull-requests: read'],
      }
      const write = async (call: ForgeCall, { body }: Post) => {
        fits(forge, call.operation, body, limit)
        const answer = await send({ ...call, body: { body } })
        return posted(answer.body, 'id', call)
      }
      return {
        list: () => graphPages(sendGraph, { owner, name: repo }, listing),
        // https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
        create: post =>
          write(
            {
              method: 'POST',
              path: `${here}/issues/${pullRequest}/comments`,
              operation: `comment on pull request ${pullRequest}`,
              needs,
            },
            post,
          ),
        // https://docs.github.com/en/rest/issues/comments#update-an-issue-comment
        edit: (id, post) =>
          write(
            { method: 'PATCH', path: `${here}/issues/comments/${id}`, operation: `edit the comment ${of}`, needs },
            post,
          ),
        // https://docs.github.com/en/rest/issues/comments#delete-an-issue-comment
        remove: id =>
          gone(
            send({
              method: 'DELETE',
              path: `${here}/issues/comments/${id}`,
              operation: `delete a comment ${of}`,
              needs,
            }),
          ),
      }
    },
    issues: issues(),
    // https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
    pullRequestsOf: async commit => {
      const call: ForgeCall = {
        method: 'GET',
        path: `${here}/commits/${encodeURIComponent(commit)}/pulls?per_page=100`,
        operation: `find the pull requests of commit ${commit}`,
        needs: ['pull-requests: read'],
      }
      const found = await linkedPages(send, call, shapeOf(forge, call))
      return found.filter(isMerged).map(each => pullRequestOf(each, call))
    },
  }

  function issues(): Board {
    const needs = ['issues: write']
    const listing: GraphListing = {
      field: 'issues',
      label: driftLabel,
      operation: 'list the open issues',
      needs: ['issues: read'],
    }
    const write = async (call: ForgeCall, { title, body }: Post, more: JsonObject = {}) => {
      fits(forge, call.operation, body, limit)
      const answer = await send({ ...call, body: { ...(title !== undefined && { title }), body, ...more } })
      return posted(answer.body, 'number', call)
    }
    return {
      list: () => graphPages(sendGraph, { owner, name: repo }, listing),
      // https://docs.github.com/en/rest/issues/issues#create-an-issue
      create: post =>
        write({ method: 'POST', path: `${here}/issues`, operation: 'open an issue', needs }, post, {
          labels: [driftLabel],
        }),
      // https://docs.github.com/en/rest/issues/issues#update-an-issue
      edit: (id, post) =>
        write({ method: 'PATCH', path: `${here}/issues/${id}`, operation: `edit issue ${id}`, needs }, post),
      remove: id =>
        gone(
          send({
            method: 'PATCH',
            path: `${here}/issues/${id}`,
            body: { state: 'closed', state_reason: 'completed' },
            operation: `close issue ${id}`,
            needs,
          }),
        ),
    }
  }
}

const isMerged = (value: Json): value is JsonObject => isObject(value) && typeof value['merged_at'] === 'string'

function pullRequestOf(value: JsonObject, call: ForgeCall): PullRequest {
  const shape = shapeOf(forge, call)
  const merge = value['merge_commit_sha']
  return {
    number: shape.id(value['number']),
    ...(typeof merge === 'string' && { mergeCommit: merge }),
    head: shape.text(shape.object(value['head'])['sha']),
    url: shape.text(value['html_url']),
    ...(isObject(value['user']) && { author: shape.text(value['user']['login']) }),
  }
}
