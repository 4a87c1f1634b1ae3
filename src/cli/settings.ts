import { diagnostic } from '../diagnostics/diagnostic.ts'
import { atlassianApi, atlassianConsole } from '../operations/atlassian-addresses.ts'
import type { Connection, OnEvent } from '../operations/connection.ts'
import { consoleAddress } from '../operations/console-address.ts'
import { openLedger, type Ledger } from '../operations/open-ledger.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { progress } from './progress.ts'
import type { Session } from './session.ts'

/** Where the organization and the ledger are: a flag, then the environment, then the default. */
export interface PlaceOptions {
  readonly apiUrl?: string
  readonly consoleUrl?: string
  readonly ledger?: string
  readonly maxRequests?: number
}

/**
 * How to reach the organization, until `signal` stops it. The key comes from the environment only: a flag would show in the list of processes.
 */
export function connectionOf(
  session: Session,
  { apiUrl, consoleUrl, maxRequests }: PlaceOptions,
  signal: AbortSignal = session.world.stop,
): Outcome<Connection> {
  const { env, network } = session.world
  const apiKey = env['POSTERN_API_KEY']
  if (apiKey === undefined || apiKey.trim() === '') return failed(diagnostic('org/no-key', {}))
  const consolePage = consolePageOf(session, { consoleUrl })
  if (!consolePage.ok) return consolePage
  return outcome(
    {
      apiUrl: apiUrl ?? given(env['POSTERN_API_URL']) ?? atlassianApi,
      consoleUrl: consolePage.value,
      apiKey,
      ...network,
      signal,
      onEvent: heedingSize(progress(session), session),
      limit: session.limitOf(maxRequests),
    },
    [],
  )
}

/** Requests after which an organization counts as large: ten thousand accounts, or so. */
const largeOrganization = 200

/** Only for a large organization: V8 takes no code that was compiled before under other settings, and a short run would pay for that. */
function heedingSize(tell: OnEvent, { world }: Session): OnEvent {
  let requests = 0
  return event => {
    if (event.type === 'request' && ++requests === largeOrganization) world.keepHeapSmall?.()
    tell(event)
  }
}

/** Where the console is, for links. */
export const consolePageOf = (
  { world: { env } }: Session,
  { consoleUrl }: { readonly consoleUrl?: string | undefined },
): Outcome<string> => consoleAddress(consoleUrl ?? given(env['POSTERN_CONSOLE_URL']) ?? atlassianConsole)

/** A shorter secret, of which a key is derived, could be guessed. */
export const leastSecret = 32

/** A CI system hands a variable that nobody set to the job as an empty one. */
const given = (value: string | undefined): string | undefined => (value?.trim() === '' ? undefined : value)

/** The place of the ledger that was given. */
export function ledgerGiven({ world: { env } }: Session, { ledger }: PlaceOptions): string | undefined {
  return ledger ?? given(env['POSTERN_LEDGER'])
}

/** The ledger, and a warning where a CI job would lose it. */
export function ledgerOf(session: Session, flags: PlaceOptions): Outcome<Ledger> {
  const place = ledgerGiven(session, flags)
  const opened = openLedger(place ?? '.postern', folder => session.path(folder))
  const lost = place === undefined && inCi(session)
  return opened.ok && lost ? outcome(opened.value, [diagnostic('run/no-ledger', { place: '.postern/' })]) : opened
}

/** Both, or everything that is wrong with either. What is only to be warned of is in the diagnostics. */
export function placesOf(
  session: Session,
  flags: PlaceOptions,
  signal?: AbortSignal,
): Outcome<{ readonly ledger: Ledger; readonly connection: Connection }> {
  const ledger = ledgerOf(session, flags)
  const connection = connectionOf(session, flags, signal)
  return ledger.ok && connection.ok
    ? outcome({ ledger: ledger.value, connection: connection.value }, ledger.diagnostics)
    : failed(...ledger.diagnostics, ...connection.diagnostics)
}

export const inCi = ({ world: { env } }: Session): boolean =>
  env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false'
