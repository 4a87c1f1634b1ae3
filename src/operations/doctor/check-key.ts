import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import type { OrgInfo } from '../../org/answers/organization.ts'
import type { OrgClient } from '../../org/client.ts'
import { attempt } from '../attempt.ts'
import type { ConnectedCommand } from '../command-operations.ts'
import type { Connection } from '../connection.ts'
import { because, failed, listed, notChecked, ok } from './check.ts'
import { clockCheck, watchClock } from './clock.ts'
import { connectBriefly } from './connect-briefly.ts'
import { keyExpiry, keyExpiryUnseen } from './key-life.ts'
import { askFor, type Answers } from './probes.ts'
import { calledOperations, newKey, scopeChecks, scopesNotChecked } from './scope-checks.ts'

/** What is to be looked at, as far as it is known. */
export interface KeyOptions {
  /** The clock of this machine. */
  readonly now: () => Date
  /** The organization that is meant; the only one that the key sees where it is left out. */
  readonly organization?: string | undefined
  /** The label of the key in the console. */
  readonly keyLabel?: string | undefined
  /** The commands that the key is for; all where none is named. */
  readonly commands?: readonly ConnectedCommand[] | undefined
}

/** What the key can do, and what was learned on the way. */
export interface KeyReport {
  /** In the order in which one needs the other: `key`, `organization`, `key-kind`, `scopes-…`, `key-expiry`, `clock`. */
  readonly checks: readonly DoctorCheck[]
  /** Those that the key sees. */
  readonly organizations: readonly OrgInfo[]
  /** What the operations of the organization answered; empty where it could not be asked. */
  readonly answers: Answers
}

/** Tries the key: whether it is one, what it sees, what it may do, how long it lives. Nothing is changed; a key that does not work is a failed check. */
export async function checkKey(connection: Connection, options: KeyOptions): Promise<KeyReport> {
  const { undiciTransport } = await import('../../org/undici-transport.ts')
  const own = connection.transport ?? undiciTransport()
  const { transport, secondsAhead } = watchClock(own, options.now)
  try {
    const report = await tryKey(id => connectBriefly({ ...connection, transport }, id), options)
    return { ...report, checks: [...report.checks, clockCheck(secondsAhead())] }
  } finally {
    if (connection.transport === undefined) await own.close?.()
  }
}

/** The report of a key that cannot even be tried: it is not set, or its address is none. */
export const keyUnusable = (diagnostics: readonly Diagnostic[], options: Pick<KeyOptions, 'commands'>): KeyReport =>
  reportOf(
    [
      ...diagnostics.map(found => because('key', 'failed', found)),
      notChecked('organization', noWork),
      ...untried(noWork, options),
      notChecked('clock', 'nothing was asked of the API'),
    ],
    [],
  )

/** The reason may be the key, the network or the address: the failed check says which. */
const noWork = 'the check `key` failed'

type Connect = (organization: string) => Promise<OrgClient>

async function tryKey(connect: Connect, options: KeyOptions): Promise<KeyReport> {
  const seen = await attempt(async () => (await connect('none')).organizations())
  // Without this one scope the key may be good for all else: what is declared can be asked for all the same.
  const blind = !seen.ok && seen.diagnostics.some(({ code }) => code === 'org/missing-scope')
  if (!seen.ok && (!blind || options.organization === undefined))
    return reportOf(
      [
        ...seen.diagnostics.map(found => because('key', 'failed', found)),
        notChecked('organization', noWork),
        ...untried(noWork, options),
      ],
      [],
    )
  const organizations = seen.ok ? seen.value : []
  const key = seen.ok
    ? ok('key', 'the API answers with it')
    : failed('key', 'the API answers with it, but it lacks read:orgs:admin, which every command needs', newKey('plan'))
  const meant = options.organization ?? (organizations.length === 1 ? organizations[0]?.id : undefined)
  const organization = organizationCheck(meant, organizations, blind)
  if (meant === undefined || organization.status === 'failed')
    return reportOf([key, organization, ...untried('the key could not be tried on it', options)], organizations)
  const client = await connect(meant)
  const answers = await askFor([...calledOperations, 'getPermissions'], client, options.now())
  return {
    checks: [
      key,
      organization,
      kindCheck(answers),
      ...scopeChecks(answers, options.commands),
      await expiryCheck(client, answers, options),
    ],
    organizations,
    answers,
  }
}

const reportOf = (checks: readonly DoctorCheck[], organizations: readonly OrgInfo[]): KeyReport => ({
  checks,
  organizations,
  answers: new Map(),
})

const untried = (why: string, { commands }: Pick<KeyOptions, 'commands'>): readonly DoctorCheck[] => [
  notChecked('key-kind', why),
  ...scopesNotChecked(why, commands),
  notChecked('key-expiry', why),
]

function organizationCheck(id: string | undefined, visible: readonly OrgInfo[], blind: boolean): DoctorCheck {
  if (id === undefined)
    return visible.length === 0
      ? failed(
          'organization',
          'the key sees no organization',
          'it must be an organization API key: create one at admin.atlassian.com → Organization settings → API keys',
        )
      : notChecked(
          'organization',
          `the key sees ${visible.length}, and nothing says which one is meant: ${listed(visible.map(named))}`,
          'write the id of one into the Organization document',
        )
  if (blind) return notChecked('organization', 'the key may not list the organizations that it sees')
  const found = visible.find(organization => organization.id === id)
  return found === undefined
    ? because('organization', 'failed', diagnostic('org/other-organization', { id, visible }))
    : ok('organization', `the key sees ${named(found)}`)
}

const named = ({ id, name }: OrgInfo): string => `${name} (${id})`

/** What an operation answers that takes keys without scopes only. */
function kindCheck(answers: Answers): DoctorCheck {
  const answer = answers.get('getPermissions')
  if (answer?.state === 'lacking') return ok('key-kind', 'a key with scopes; nothing in Postern needs another kind')
  if (answer?.state === 'answers')
    return ok(
      'key-kind',
      'a key without scopes: it may do all that its owner may. Nothing in Postern needs that; a key with scopes can do less harm',
    )
  return notChecked('key-kind', 'no answer tells whether it has scopes; nothing in Postern depends on that')
}

async function expiryCheck(client: OrgClient, answers: Answers, { keyLabel, now }: KeyOptions): Promise<DoctorCheck> {
  const answer = answers.get('listApiKeys')
  if (answer !== undefined && answer.state !== 'answers') return keyExpiryUnseen(answer)
  const keys = await attempt(() => client.apiKeys())
  const [problem] = keys.diagnostics
  if (keys.ok) return keyExpiry(keys.value, keyLabel, now())
  return keyExpiryUnseen(problem === undefined ? undefined : { state: 'unknown', diagnostic: problem })
}
