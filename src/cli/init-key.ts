import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { atlassianConsole } from '../operations/atlassian-addresses.ts'
import { scopesOf, type ConnectedCommand } from '../operations/command-operations.ts'
import type { Connection } from '../operations/connection.ts'
import { checkKey } from '../operations/doctor/check-key.ts'
import type { VisibleOrganization } from '../operations/import.ts'
import { doctorChecksText } from '../render/doctor-text.ts'
import { keyHelp } from '../render/init-text.ts'
import { endProgress } from './progress.ts'
import { Session } from './session.ts'
import type { World } from './world.ts'

const tries = 3

/** A session that has a key, and whether it was typed in. */
export interface KeyedSession {
  readonly session: Session
  readonly typed: boolean
}

/** The key of the environment, else one that is typed without being shown. It stays in memory. Undefined where the question was left. */
export async function withKey(session: Session): Promise<KeyedSession | undefined> {
  const { world, options, err } = session
  if ((world.env['POSTERN_API_KEY'] ?? '').trim() !== '' || world.askSecret === undefined)
    return { session, typed: false }
  world.stderr.write(keyHelp({ keysPage: atlassianConsole, ...keyScopes() }, err))
  for (let tried = 0; tried < tries; tried++) {
    const key = (await world.askSecret('API key (not shown): '))?.trim()
    if (key === undefined) return undefined
    if (key !== '') return { session: new Session(withEnv(world, { POSTERN_API_KEY: key }), options), typed: true }
  }
  return undefined
}

/** The same world with further variables. Not a copy: what it has is worked out only where it is asked for. */
const withEnv = (world: World, more: World['env']): World =>
  Object.create(world, { env: { value: { ...world.env, ...more } } }) as World

/** The commands that people run first, which only read. */
const reading: readonly ConnectedCommand[] = ['import', 'plan', 'coverage', 'drift']

function keyScopes(): { readonly read: readonly string[]; readonly write: readonly string[] } {
  const scopes = (command: ConnectedCommand): readonly string[] => Object.values(scopesOf(command)).flat()
  const read = [...new Set(reading.flatMap(scopes))].sort()
  return { read, write: scopes('apply').filter(scope => !read.includes(scope)) }
}

/** Tries the key and prints what it can do. The organization that is meant, or why the key is of no use: what was printed is not told again. */
export async function examineKey(
  session: Session,
  connection: Connection,
  {
    organization,
    choose,
  }: {
    readonly organization: string | undefined
    readonly choose: ((organizations: readonly VisibleOrganization[]) => Promise<string | undefined>) | undefined
  },
): Promise<Outcome<string>> {
  const { now, stderr } = session.world
  const look = (id: string | undefined) => checkKey(connection, { now, organization: id, commands: reading })
  let found = await look(organization)
  let meant = organization ?? (found.organizations.length === 1 ? found.organizations[0]?.id : undefined)
  if (meant === undefined && found.organizations.length > 1) {
    meant = await choose?.(found.organizations)
    if (meant === undefined)
      return failed(
        choose === undefined
          ? diagnostic('import/which-organization', { organizations: found.organizations })
          : diagnostic('init/stopped', {}),
      )
    found = await look(meant)
  }
  endProgress(session)
  if (session.options.quiet !== true) stderr.write(`${doctorChecksText(found.checks, session.err)}\n`)
  const broken = found.checks.some(({ check, status }) => status === 'failed' && check !== 'clock')
  return broken || meant === undefined ? failed(diagnostic('init/key', {})) : outcome(meant, [])
}
