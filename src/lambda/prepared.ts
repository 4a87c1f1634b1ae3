import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Bucket, LambdaWorld } from './contract.ts'
import { currentCommit, unpackDocuments } from './documents.ts'
import type { Asked } from './event.ts'
import type { Settings } from './settings.ts'

/** What it takes to run a command for one organization. */
export interface Prepared {
  readonly commit: string
  /** The folder that holds the documents of the commit. */
  readonly cwd: string
  /** The policy folder, relative to it. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Fetches the documents and the key. The key is in the environment of the command alone. */
export async function prepare(
  world: LambdaWorld,
  bucket: Bucket,
  { settings, asked, undone }: { readonly settings: Settings; readonly asked: Asked; readonly undone: string },
  cwd: string,
): Promise<Outcome<Prepared>> {
  const folder = asked.organization?.folder ?? settings.folder
  const commit = asked.commit === undefined ? await currentCommit(bucket, undone) : outcome(asked.commit, [])
  // Both are asked for, so that a person sees all that is missing at once.
  const [documents, key] = await Promise.all([
    commit.ok ? unpackDocuments(bucket, { commit: commit.value, folder, undone }, cwd) : commit,
    keyOf(world, settings, asked, undone),
  ])
  if (!commit.ok || !documents.ok || !key.ok) return failed(...problemsOf(documents, key))
  const env = { ...placesIn(world), ...callerOf(asked, commit.value), POSTERN_API_KEY: key.value }
  return outcome({ commit: commit.value, cwd, folder, env: { ...env, POSTERN_LEDGER: ledgerOf(settings, asked) } }, [])
}

const problemsOf = (...outcomes: readonly Outcome<unknown>[]): readonly Diagnostic[] =>
  outcomes.flatMap(({ diagnostics }) => diagnostics)

const ledgerOf = ({ ledger }: Settings, { organization }: Asked): string =>
  organization === undefined ? ledger : `${ledger}/${organization.ledger}`

async function keyOf(
  world: LambdaWorld,
  { secret }: Settings,
  { organization }: Asked,
  undone: string,
): Promise<Outcome<string>> {
  const id = organization === undefined ? secret : `${secret}/${organization.id}`
  const read = await world.secret(id, undone)
  if (!read.ok) return read
  const key = read.value?.trim() ?? ''
  return key === '' ? failed(diagnostic('aws/no-key', { secret: id })) : outcome(key, [])
}

/** Other addresses of the API, for whoever tries it against the simulator. */
const placesIn = ({ env }: LambdaWorld) => ({
  POSTERN_API_URL: env['POSTERN_API_URL'],
  POSTERN_CONSOLE_URL: env['POSTERN_CONSOLE_URL'],
})

/** Who asked, told as the CI system would tell it: the same rules hold for approvals then. */
const callerOf = ({ author, ci }: Asked, commit: string): Readonly<Record<string, string>> => ({
  USER: 'postern on AWS',
  ...(author !== undefined && { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: author, GITHUB_SHA: commit }),
  ...(author !== undefined &&
    ci !== undefined && {
      GITHUB_SERVER_URL: ci.server,
      GITHUB_REPOSITORY: ci.repository,
      GITHUB_RUN_ID: ci.run,
    }),
})
