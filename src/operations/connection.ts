import { setMaxListeners } from 'node:events'
import type { ClientOptions, OrgClient } from '../org/client.ts'
import type { OnEvent } from '../org/events.ts'
import type { OrgReader } from '../org/reader.ts'
import type { RequestLimit } from '../org/with-request-limit.ts'

export type { ClientOptions, OnEvent, RequestLimit }

/** How the live organization is reached. Clock, randomness and waiting come from outside. */
export interface Connection {
  /** Stands for `https://api.atlassian.com`. */
  readonly apiUrl: string
  /** Where the console is, for the links in console steps. */
  readonly consoleUrl: string
  readonly apiKey: string
  readonly transport?: ClientOptions['transport']
  readonly sleep?: ClientOptions['sleep']
  readonly clock?: ClientOptions['clock']
  readonly random?: ClientOptions['random']
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: OnEvent | undefined
  /** How many requests may be sent. Absent: as many as it takes. */
  readonly limit?: RequestLimit | undefined
  /** Whom to ask in place of a client of its own: answers that were kept, where nothing is sent, or a client that is open already and counts by itself. */
  readonly answers?: OrgReader | undefined
}

/**
 * A client for one organization. Closing it also ends what is still under way: after one part has failed nobody waits for the others. Its code is
 * loaded here, so that commands that stay offline never pay for it.
 */
export async function connect(connection: Connection, orgId: string, access: 'read' | 'write'): Promise<OrgClient> {
  const { createClient } = await import('../org/client.ts')
  const stopped = new AbortController()
  // Each request that waits listens to it.
  setMaxListeners(0, stopped.signal)
  const client = createClient({
    ...connection,
    signal: stopped.signal,
    orgId,
    readOnly: access === 'read',
  })
  const stop = (): void => stopped.abort()
  const { signal } = connection
  // Not by AbortSignal.any: a signal that lives as long as the process would keep something of every client that ever was.
  signal?.addEventListener('abort', stop)
  if (signal?.aborted === true) stop()
  return {
    ...client,
    close: async () => {
      signal?.removeEventListener('abort', stop)
      stop()
      await client.close()
    },
  }
}

/** What reads of an organization come to: the answers, and how many requests they took. */
export type CountingReader = OrgReader & Pick<OrgClient, 'counts'>

/** Reads from an organization with a client of its own, which is closed whatever comes of it. */
export async function reading<T>(
  connection: Connection,
  orgId: string,
  work: (client: CountingReader) => Promise<T>,
): Promise<T> {
  if (connection.answers !== undefined) return work({ ...connection.answers, counts: { reads: 0, writes: 0 } })
  const client = await connect(connection, orgId, 'read')
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
