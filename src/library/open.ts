import { resolve } from 'node:path'
import { failed, outcome, type Outcome as Inner } from '../diagnostics/outcome.ts'
import { atlassianApi, atlassianConsole } from '../operations/atlassian-addresses.ts'
import type { Connection as Reach } from '../operations/connection.ts'
import { consoleAddress } from '../operations/console-address.ts'
import { openLedger, type Ledger } from '../operations/open-ledger.ts'
import type { FolderRun } from '../operations/validate.ts'
import { fetchTransport } from '../org/fetch-transport.ts'
import { dateOf, type Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { CallOptions, LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** Connection, ledger and time as the operations take them. */
export interface Opened {
  readonly connection: Reach
  readonly ledger: Ledger
  readonly now: Date
}

/** Both opened, or everything that is wrong with either. Nothing is sent or read yet. */
export function open(options: Omit<LiveOptions, 'folder'>): Inner<Opened> {
  const connection = reach(options.connection, options)
  const ledger = ledgerAt(options.ledger)
  const noticed = [...connection.diagnostics, ...ledger.diagnostics]
  return connection.ok && ledger.ok
    ? outcome({ connection: connection.value, ledger: ledger.value, now: dateOf(options.clock) }, noticed)
    : failed(...noticed)
}

/** The ledger at a place; a relative folder starts at the working directory. */
export const ledgerAt = (place: string): Inner<Ledger> => openLedger(place, folder => resolve(folder))

/** Opens what a comparison needs, runs it, and tells what came of it. */
export async function compared<T>(
  options: LiveOptions,
  run: (opened: Opened & { readonly folder: string }) => Promise<FolderRun<T>>,
): Promise<Outcome<T>> {
  const opened = open(options)
  if (!opened.ok) return told(opened)
  const { loaded, outcome: came } = await run({ ...opened.value, folder: options.folder })
  return told(came, loaded.places)
}

/** A connection for one call. Nothing is sent yet: only what is no address is refused. */
export function reach(
  { apiKey, apiUrl, consoleUrl, fetch }: Connection,
  { clock, onEvent, signal }: CallOptions,
): Inner<Reach> {
  const console = consoleAddress(consoleUrl ?? atlassianConsole)
  if (!console.ok) return console
  return outcome(
    {
      apiKey,
      apiUrl: apiUrl ?? atlassianApi,
      consoleUrl: console.value,
      ...(fetch !== undefined && { transport: fetchTransport(fetch) }),
      ...timeOf(clock),
      onEvent,
      signal,
    },
    [],
  )
}

/** How the client waits and paces itself: by a clock that moves where waiting moves it, else by the real one, which it would wait for without end. */
const timeOf = (clock: Clock | undefined): Pick<Reach, 'clock' | 'sleep'> =>
  clock?.sleep === undefined ? {} : { clock: () => clock.now(), sleep: clock.sleep }
