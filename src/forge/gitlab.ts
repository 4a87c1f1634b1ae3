import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ForgeCall } from './call.ts'
import type { Board, Forge, Post, Posted, PullRequest } from './contract.ts'
import { driftLabel } from './drift-label.ts'
import { fits } from './fits.ts'
import { gone } from './gone.ts'
import { linkedPages } from './pages.ts'
import { forgeSend, type ForgeAccess } from './send.ts'
import { shapeOf, type Shape } from './shape.ts'

/** A project on gitlab.com or a GitLab of one's own, and how to reach its API. */
export interface GitlabPlace {
  /** Such as `https://gitlab.com/api/v4`. */
  readonly api: string
  readonly projectId: string
  /** The page of the project. */
  readonly project: string
}

const forge = 'GitLab'

/** https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
const limit = 1_000_000

/** Reading and writing are one scope, and a guest sees no merge request of a private project: https://docs.gitlab.com/user/permissions/ */
const needs = ['the scope api with the role Reporter']

/** The client of GitLab. It does not tell who edited a text: a seal does (marker.ts). */
export function gitlab({ api, projectId, project }: GitlabPlace, access: ForgeAccess): Forge {
  const send = forgeSend({ ...access, forge, base: api, headers: { 'private-token': access.token } })
  const here = `/projects/${encodeURIComponent(projectId)}`

  // A project access token acts as a user of its own: https://docs.gitlab.com/api/users/#retrieve-the-current-user
  let asked: Promise<string> | undefined
  const me = () =>
    (asked ??= (async () => {
      const call: ForgeCall = { method: 'GET', path: '/user', operation: 'see whose token this is', needs }
      const shape = shapeOf(forge, call)
      return shape.id(shape.object((await send(call)).body)['id'])
    })())

  const list = async (
    path: string,
    operation: string,
    read: (item: JsonObject, mine: boolean, shape: Shape) => Posted,
  ) => {
    const call: ForgeCall = { method: 'GET', path, operation, needs }
    const shape = shapeOf(forge, call)
    const own = await me()
    const items = (await linkedPages(send, call, shape)).map(shape.object)
    // What GitLab itself notes, such as a push: https://docs.gitlab.com/api/notes/
    const written = items.filter(item => item['system'] !== true)
    return written.map(item => read(item, shape.id(shape.object(item['author'])['id']) === own, shape))
  }

  const write = async (
    call: Omit<ForgeCall, 'needs'>,
    body: JsonObject & Partial<Readonly<Record<'body' | 'description', string>>>,
  ): Promise<{ readonly item: JsonObject; readonly shape: Shape }> => {
    fits(forge, call.operation, body.body ?? body.description ?? '', limit)
    const shape = shapeOf(forge, call)
    return { item: shape.object((await send({ ...call, body, needs })).body), shape }
  }

  return {
    system: 'gitlab',
    limit,
    // https://docs.gitlab.com/api/notes/#merge-requests
    comments: pullRequest => {
      const notes = `${here}/merge_requests/${pullRequest}/notes`
      const of = `of merge request ${pullRequest}`
      const noteOf = (item: JsonObject, mine: boolean, shape: Shape): Posted => {
        const id = shape.id(item['id'])
        const url = `${project}/-/merge_requests/${pullRequest}#note_${id}`
        return { id, url, body: shape.text(item['body']), mine }
      }
      return {
        list: () => list(`${notes}?per_page=100&sort=asc&order_by=created_at`, `list the comments ${of}`, noteOf),
        create: async ({ body }) => {
          const call = { method: 'POST', path: notes, operation: `comment on merge request ${pullRequest}` } as const
          const { item, shape } = await write(call, { body })
          return noteOf(item, true, shape)
        },
        edit: async (id, { body }) => {
          const call = { method: 'PUT', path: `${notes}/${id}`, operation: `edit the comment ${of}` } as const
          const { item, shape } = await write(call, { body })
          return noteOf(item, true, shape)
        },
        remove: id =>
          gone(send({ method: 'DELETE', path: `${notes}/${id}`, operation: `delete a comment ${of}`, needs })),
      }
    },
    issues: issues(),
    // https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit
    pullRequestsOf: async commit => {
      const call: ForgeCall = {
        method: 'GET',
        path: `${here}/repository/commits/${encodeURIComponent(commit)}/merge_requests?state=merged&per_page=100`,
        operation: `find the merge requests of commit ${commit}`,
        needs,
      }
      const found = await linkedPages(send, call, shapeOf(forge, call))
      return found.filter(isMerged).map(each => mergeRequestOf(each, call))
    },
  }

  // https://docs.gitlab.com/api/issues/
  function issues(): Board {
    const all = `${here}/issues`
    const issueOf = (item: JsonObject, mine: boolean, shape: Shape): Posted => ({
      id: shape.id(item['iid']),
      url: shape.text(item['web_url']),
      body: typeof item['description'] === 'string' ? item['description'] : '',
      mine,
    })
    const contentOf = ({ title, body }: Post) => ({ ...(title !== undefined && { title }), description: body })
    return {
      list: () =>
        list(
          `${all}?state=opened&labels=${driftLabel}&per_page=100&sort=asc&order_by=created_at`,
          'list the open issues',
          issueOf,
        ),
      create: async post => {
        const call = { method: 'POST', path: all, operation: 'open an issue' } as const
        const { item, shape } = await write(call, { ...contentOf(post), labels: driftLabel })
        return issueOf(item, true, shape)
      },
      edit: async (id, post) => {
        const call = { method: 'PUT', path: `${all}/${id}`, operation: `edit issue ${id}` } as const
        const { item, shape } = await write(call, contentOf(post))
        return issueOf(item, true, shape)
      },
      remove: id =>
        gone(
          send({
            method: 'PUT',
            path: `${all}/${id}`,
            body: { state_event: 'close' },
            operation: `close issue ${id}`,
            needs,
          }),
        ),
    }
  }
}

const isMerged = (value: Json): value is JsonObject => isObject(value) && value['state'] === 'merged'

function mergeRequestOf(value: JsonObject, call: ForgeCall): PullRequest {
  const shape = shapeOf(forge, call)
  // Which of the two it is depends on how the project merges; a fast-forward makes neither, and the head itself is on the branch.
  const merge = [value['merge_commit_sha'], value['squash_commit_sha'], value['sha']].find(
    sha => typeof sha === 'string',
  )
  return {
    number: shape.id(value['iid']),
    ...(merge !== undefined && { mergeCommit: merge }),
    head: shape.text(value['sha']),
    url: shape.text(value['web_url']),
    ...(isObject(value['author']) && { author: shape.text(value['author']['username']) }),
  }
}
