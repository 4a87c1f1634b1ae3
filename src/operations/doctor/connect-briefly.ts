import type { OrgClient } from '../../org/client.ts'
import type { Connection } from '../connection.ts'

/** A client that only reads and gives up early: who asks what is missing does not wait minutes for a server that does not answer. */
export async function connectBriefly(connection: Connection, orgId: string): Promise<OrgClient> {
  const [{ createClient }, { defaultLimits }] = await Promise.all([
    import('../../org/client.ts'),
    import('../../org/limits.ts'),
  ])
  const retry = { ...defaultLimits.retry, attempts: 2, budget: 10_000 }
  const limits = { requestSeconds: 15, concurrency: 8, retry }
  return createClient({ ...connection, orgId, readOnly: true, limits })
}
