import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { bitbucket } from '../../src/forge/bitbucket.ts'
import type { Forge } from '../../src/forge/contract.ts'
import { ForgeError } from '../../src/forge/forge-error.ts'
import { github } from '../../src/forge/github.ts'
import { gitlab } from '../../src/forge/gitlab.ts'
import { fakeTime } from '../org/scripted.ts'
import { bitbucketStandIn, type BitbucketOptions } from './stand-ins/bitbucket.ts'
import { githubStandIn, type GithubOptions } from './stand-ins/github.ts'
import { gitlabStandIn } from './stand-ins/gitlab.ts'
import type { StandIn } from './stand-ins/stand-in.ts'

/** A client over its stand-in, in time that passes only by waiting. */
interface Connected<Server extends StandIn> {
  readonly server: Server
  readonly forge: Forge
  readonly slept: readonly number[]
}

const accessTo = (server: StandIn, variable: string, token = server.token) => {
  const time = fakeTime()
  return { slept: time.slept, access: { token, variable, world: { ...time, transport: server.transport } } }
}

export function onGithub(
  options: GithubOptions & { readonly token?: string } = {},
): Connected<ReturnType<typeof githubStandIn>> {
  const server = githubStandIn(options)
  const { access, slept } = accessTo(server, 'GITHUB_TOKEN', options.token)
  const { api = 'https://api.github.com', graph = `${api}/graphql`, repository = 'acme/policies' } = options
  return { server, slept, forge: github({ api, graph, repository }, access) }
}

export function onGitlab(
  options: { readonly page?: number; readonly token?: string } = {},
): Connected<ReturnType<typeof gitlabStandIn>> {
  const server = gitlabStandIn(options)
  const { access, slept } = accessTo(server, 'GITLAB_TOKEN', options.token)
  const place = { api: 'https://gitlab.com/api/v4', projectId: '42', project: 'https://gitlab.com/acme/policies' }
  return { server, slept, forge: gitlab(place, access) }
}

export function onBitbucket(
  options: BitbucketOptions & { readonly token?: string } = {},
): Connected<ReturnType<typeof bitbucketStandIn>> {
  const server = bitbucketStandIn(options)
  const { access, slept } = accessTo(server, 'BITBUCKET_TOKEN', options.token)
  return {
    server,
    slept,
    forge: bitbucket({ api: 'https://api.bitbucket.org/2.0', repository: 'acme/policies' }, access),
  }
}

/** Each forge, the same way. */
export const everyForge = [
  ['GitHub', onGithub],
  ['GitLab', onGitlab],
  ['Bitbucket', onBitbucket],
] as const

/** The diagnostic of work that fails. */
export async function failureOf(work: Promise<unknown>): Promise<Diagnostic> {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ForgeError) return error.diagnostic
  throw error
}
