import { isObject, type Json } from '../model/json.ts'
import type { ForgeCall, ForgeSend } from './call.ts'
import { isForgeError } from './forge-error.ts'

/** Who the token is, as far as Bitbucket tells. */
export interface BitbucketIdentity {
  /** Looks once, and then tells whether an account is that of the token. */
  known(): Promise<(author: Json | undefined) => boolean>
  /** The account that a text of this token was just published under. */
  wrote(author: Json | undefined): void
  /** This comment turned out to be somebody else's: only its author may edit a comment. */
  refused(id: string): void
  mayNotEdit(id: string): boolean
}

/**
 * The token of a person or an app tells who it is (https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/#api-user-get).
 * An access token of a repository, a project or a workspace acts as an account that is its own, and does not tell which
 * (https://jira.atlassian.com/browse/BCLOUD-23528, open in November 2026). Then every text that no person wrote may be its
 * own, until it has written one itself, or was refused to edit one.
 */
export function bitbucketIdentity(send: ForgeSend): BitbucketIdentity {
  let uuid: string | undefined
  let asked: Promise<void> | undefined
  const foreign = new Set<string>()

  const ask = async (): Promise<void> => {
    const call: ForgeCall = { method: 'GET', path: '/user', operation: 'see whose token this is', needs: ['account'] }
    try {
      uuid ??= uuidOf((await send(call)).body)
    } catch (error) {
      if (!isForgeError(error, 'forge/refused', 'forge/unauthorized', 'forge/not-found')) throw error
    }
  }

  return {
    known: async () => {
      await (asked ??= ask())
      return author => (uuid === undefined ? isObject(author) && author['type'] !== 'user' : uuidOf(author) === uuid)
    },
    wrote: author => {
      uuid ??= uuidOf(author)
    },
    refused: id => foreign.add(id),
    mayNotEdit: id => foreign.has(id),
  }
}

const uuidOf = (account: Json | undefined): string | undefined =>
  isObject(account) && typeof account['uuid'] === 'string' ? account['uuid'] : undefined
