import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connect, type Connection } from '../../src/operations/connection.ts'
import { isOrgError } from '../../src/org/org-error.ts'
import { apiKey, orgId, scripted } from '../org/scripted.ts'

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

describe('a client that can be stopped', () => {
  /** An organization that never answers, and whether a request to it ended because of a stop. */
  const silent = (changes: Partial<Connection> = {}) => {
    const process = new AbortController()
    const { transport } = scripted([{ hangs: true }])
    const connection: Connection = {
      apiUrl: 'https://api.atlassian.com',
      consoleUrl: 'https://admin.atlassian.com',
      apiKey,
      transport,
      signal: process.signal,
      ...changes,
    }
    return { process, connection }
  }

  it('ends what is under way when the process is to stop, and when it is closed', async () => {
    const { process, connection } = silent()
    const [stopped, closed] = [await connect(connection, orgId, 'read'), await connect(connection, orgId, 'read')]
    const asked = Promise.all(
      [stopped, closed].map(client =>
        client.organization().catch((error: unknown) => isOrgError(error, 'org/stopped')),
      ),
    )
    await closed.close()
    process.abort()
    expect(await asked).toEqual([true, true])
    await stopped.close()
  })

  it('sends nothing where the process was stopped before', async () => {
    const { process, connection } = silent()
    process.abort()
    const client = await connect(connection, orgId, 'read')
    await expect(client.organization()).rejects.toSatisfy(error => isOrgError(error, 'org/stopped'))
    await client.close()
  })

  it('leaves nothing with the signal of a process that goes on', async () => {
    const { process, connection } = silent()
    const client = await connect(connection, orgId, 'read')
    expect(listeners(process.signal)).toBe(1)
    await client.close()
    expect(listeners(process.signal)).toBe(0)

    const refused = silent({ apiKey: 'no key\n' })
    await expect(connect(refused.connection, orgId, 'read')).rejects.toThrow()
    expect(listeners(refused.process.signal)).toBe(0)
  })
})
