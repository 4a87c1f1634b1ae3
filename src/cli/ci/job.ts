import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Forge, ForgeSystem } from '../../forge/contract.ts'
import { forgeContext, type ForgeContext } from '../../forge/context.ts'
import { ForgeError } from '../../forge/forge-error.ts'
import { forgeOf } from '../../forge/forge-of.ts'
import { forgeWorld } from '../../forge/forge-world.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { ReviewView } from '../../render/review/view.ts'
import type { ApplyFlags } from '../commands/apply.ts'
import type { PlanFlags } from '../commands/plan.ts'
import { folderOf } from '../folder-of.ts'
import { leastSecret } from '../settings.ts'
import type { JobSession } from './job-session.ts'

export interface CiFlags extends PlanFlags, ApplyFlags {
  readonly report: string
  readonly comment: boolean
  readonly unreviewed?: boolean
  readonly full?: boolean
}

/** One job of CI: where it runs, what it is about, and where it may post. */
export interface Job {
  readonly session: JobSession
  readonly flags: CiFlags
  readonly context: ForgeContext
  /** The policy folder as commands take it. */
  readonly folder: string
  /** The same from the top of the repository. */
  readonly path: string
  /** Undefined where the job was given no token. */
  readonly forge?: Forge
  /** What seals comments; undefined where the forge itself tells who edited one. */
  readonly sealKey?: string
}

/** The forges as people call them. */
export const forgeNames: Readonly<Record<ForgeSystem, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  bitbucket: 'Bitbucket',
}

/** Finds out where the job runs. Without a token it goes on, and says that nothing will be posted. */
export function openJob(session: JobSession, given: string | undefined, flags: CiFlags): Outcome<Job> {
  const { env, network } = session.world
  const found = forgeContext(env, path => readFileSync(path, 'utf8'))
  if (!found.ok) return found
  const context = found.value
  if (context === undefined) return failed(diagnostic('ci/nowhere', {}))
  const folder = folderOf(session, given)
  const path = relative(context.top, session.path(folder)).split(sep).join('/') || '.'
  const job = { session, flags, context, folder, path }
  const secret = env['POSTERN_COMMENT_KEY']?.trim() ?? ''
  if (secret !== '' && secret.length < leastSecret)
    return failed(diagnostic('ci/weak-secret', { variable: 'POSTERN_COMMENT_KEY', least: leastSecret }))
  const { system, tokenVariable } = context
  const token = env[tokenVariable]?.trim() ?? ''
  if (token === '')
    return outcome(
      job,
      flags.comment ? [diagnostic('ci/no-token', { forge: forgeNames[system], variable: tokenVariable })] : [],
    )
  return outcome(
    {
      ...job,
      forge: forgeOf(context, token, forgeWorld(network)),
      ...sealKeyOf(system, secret, token),
    },
    [],
  )
}

/**
 * What seals comments: a secret that only the jobs have, where there is one. Without it GitHub tells who edited a comment, and the others do not: there it is the token, which on GitLab every branch may
 * have.
 */
function sealKeyOf(system: ForgeSystem, secret: string, token: string): Pick<Job, 'sealKey'> {
  const from = secret === '' ? (system === 'github' ? undefined : token) : secret
  return from === undefined ? {} : { sealKey: createHmac('sha256', from).update('seal of comments').digest('hex') }
}

/** How Markdown of the job looks: links to the lines of the commit, and no HTML where there is none. */
export const viewOf = ({ session, flags, context, path }: Job): ReviewView => ({
  folder: path,
  now: session.world.now(),
  ...(flags.emails !== undefined && { emails: flags.emails }),
  lineUrl: context.lineUrl,
  folding: context.system !== 'bitbucket',
  whole: `All of it is in the report of [this job](<${context.artifactsUrl}>).`,
})

/** Does something at the forge; a refusal is an outcome. */
export async function atForge<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return outcome(await work(), [])
  } catch (error) {
    if (error instanceof ForgeError) return failed(error.diagnostic)
    throw error
  }
}

/** What a pull request from a fork must put up with is no failure of the job. */
export const softened = ({ context }: Job, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  context.fromFork && diagnostics.some(({ code }) => code === 'forge/refused' || code === 'forge/not-found')
    ? [diagnostic('ci/read-only-token', { forge: forgeNames[context.system] })]
    : diagnostics
