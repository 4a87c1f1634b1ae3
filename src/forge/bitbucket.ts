import { isObject, type JsonObject } from '../model/json.ts'
import { bitbucketIdentity } from './bitbucket-identity.ts'
import type { ForgeCall } from './call.ts'
import type { Board, Forge, Posted, PullRequest } from './contract.ts'
import { fits } from './fits.ts'
import { isForgeError } from './forge-error.ts'
import { gone } from './gone.ts'
import { valuePages } from './pages.ts'
import { forgeSend, type ForgeAccess } from './send.ts'
import { shapeOf, type Shape } from './shape.ts'

/** A repository on Bitbucket Cloud, and how to reach its API. */
export interface BitbucketPlace {
  /** Such as `https://api.bitbucket.org/2.0`. */
  readonly api: string
  /** `workspace/slug`. */
  readonly repository: string
}

const forge = 'Bitbucket'

/** Not documented; it is where Bitbucket refuses a comment: https://github.com/ovh/cds/pull/5601 */
const limit = 32_768

/** https://developer.atlassian.com/cloud/bitbucket/rest/intro/#scopes-for-bitbucket-cloud-rest-api */
const toWrite = ['pullrequest:write']
const toRead = ['pullrequest']

/**
 * The client of Bitbucket Cloud. It has no `issues`: Bitbucket took its issue tracker away on 2026-08-20
 * (https://community.atlassian.com/forums/Bitbucket-articles/Announcing-sunset-of-Bitbucket-Issues-and-Wikis/ba-p/3193882).
 * It does not tell who edited a text: a seal does (marker.ts).
 */
export function bitbucket({ api, repository }: BitbucketPlace, access: ForgeAccess): Forge {
  const headers = { accept: 'application/json', authorization: `Bearer ${access.token}` }
  const send = forgeSend({ ...access, forge, base: api, headers })
  const here = `/repositories/${repository.split('/').map(encodeURIComponent).join('/')}`
  const identity = bitbucketIdentity(send)

  return {
    system: 'bitbucket',
    limit,
    comments: pullRequest => comments(`${here}/pullrequests/${pullRequest}/comments`, `pull request ${pullRequest}`),
    // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-commit-commit-pullrequests-get
    pullRequestsOf: async commit => {
      const call: ForgeCall = {
        method: 'GET',
        path: `${here}/commit/${encodeURIComponent(commit)}/pullrequests?pagelen=50`,
        operation: `find the pull requests of commit ${commit}`,
        needs: toRead,
        app: 'Pull Request Commit Links',
      }
      const shape = shapeOf(forge, call)
      const found: PullRequest[] = []
      for (const each of await valuePages(send, call, shape)) {
        const whole = await wholePullRequest(shape.id(shape.object(each)['id']))
        if (whole !== undefined) found.push(whole)
      }
      return found
    },
  }

  // The listing tells little of each, and which members is not documented: others ask for more, too
  // (https://github.com/gitkraken/vscode-gitlens/blob/main/src/plus/integrations/providers/bitbucket/bitbucket-api.ts).
  // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-get
  async function wholePullRequest(id: string): Promise<PullRequest | undefined> {
    const call: ForgeCall = {
      method: 'GET',
      path: `${here}/pullrequests/${id}`,
      operation: `read pull request ${id}`,
      needs: toRead,
    }
    const found = shapeOf(forge, call).object((await send(call)).body)
    return isMerged(found) ? pullRequestOf(found, call) : undefined
  }

  // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-comments-get
  function comments(path: string, pullRequest: string): Board {
    const write = async (call: ForgeCall, body: string) => {
      fits(forge, call.operation, body, limit)
      const shape = shapeOf(forge, call)
      const item = shape.object((await send({ ...call, body: { content: { raw: body } } })).body)
      identity.wrote(item['user'])
      return commentOf(item, true, shape)
    }
    return {
      list: async () => {
        const call: ForgeCall = {
          method: 'GET',
          path: `${path}?pagelen=100&sort=created_on`,
          operation: `list the comments of ${pullRequest}`,
          needs: toRead,
        }
        const shape = shapeOf(forge, call)
        const isMine = await identity.known()
        const items = (await valuePages(send, call, shape)).map(shape.object)
        // A deleted comment that was answered stays in the list, without a text.
        return items.filter(item => item['deleted'] !== true).map(item => commentOf(item, isMine(item['user']), shape))
      },
      create: ({ body }) =>
        write({ method: 'POST', path, operation: `comment on ${pullRequest}`, needs: toWrite }, body),
      edit: (id, { body }) => {
        const operation = `edit the comment of ${pullRequest}`
        return noting(id, write({ method: 'PUT', path: `${path}/${id}`, operation, needs: toWrite }, body))
      },
      remove: id => {
        const operation = `delete a comment of ${pullRequest}`
        return noting(id, gone(send({ method: 'DELETE', path: `${path}/${id}`, operation, needs: toWrite })))
      },
    }

    async function noting<T>(id: string, call: Promise<T>): Promise<T> {
      try {
        return await call
      } catch (error) {
        if (isForgeError(error, 'forge/refused')) identity.refused(id)
        throw error
      }
    }

    function commentOf(item: JsonObject, byMe: boolean, shape: Shape): Posted {
      const id = shape.id(item['id'])
      return {
        id,
        url: shape.text(shape.object(shape.object(item['links'])['html'])['href']),
        body: shape.text(shape.object(item['content'])['raw']),
        mine: byMe && !identity.mayNotEdit(id),
      }
    }
  }
}

const isMerged = (value: JsonObject): boolean => value['state'] === 'MERGED'

function pullRequestOf(value: JsonObject, call: ForgeCall): PullRequest {
  const shape = shapeOf(forge, call)
  const merge = isObject(value['merge_commit']) ? value['merge_commit']['hash'] : undefined
  return {
    number: shape.id(value['id']),
    ...(typeof merge === 'string' && { mergeCommit: merge }),
    head: shape.text(shape.object(shape.object(value['source'])['commit'])['hash']),
    url: shape.text(shape.object(shape.object(value['links'])['html'])['href']),
    // As BITBUCKET_STEP_TRIGGERER_UUID has it: https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    ...(isObject(value['author']) && { author: shape.text(value['author']['uuid']) }),
  }
}
