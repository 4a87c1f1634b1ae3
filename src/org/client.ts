import type { ApiRequest } from '../model/api-request.ts'
import type { Json } from '../model/json.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { apiCall, type CallContent, type Params } from './api-call.ts'
import { apiOrigin } from './api-address.ts'
import { createSend } from './create-send.ts'
import type { OnEvent } from './events.ts'
import { execute, type Execution, type Watching } from './execute.ts'
import { followTask } from './follow-task.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { OperationName } from './operations.ts'
import { OrgError } from './org-error.ts'
import { createReader, type OrgReader } from './reader.ts'
import { realTime, type Time } from './time.ts'
import type { Transport } from './transport.ts'
import { undiciTransport } from './undici-transport.ts'
import type { Counts } from './with-counting.ts'
import type { RequestLimit } from './with-request-limit.ts'

/** What a client is made of. The key is kept inside and shows nowhere. */
export interface ClientOptions {
  /** Stands for `https://api.atlassian.com`, without a path. */
  readonly apiUrl: string
  readonly apiKey: string
  readonly orgId: string
  /** Refuses, before sending, everything that could change something. */
  readonly readOnly: boolean
  readonly transport?: Transport | undefined
  readonly clock?: Time['clock'] | undefined
  readonly sleep?: Time['sleep'] | undefined
  readonly random?: Time['random'] | undefined
  readonly timer?: Time['timer'] | undefined
  readonly onEvent?: OnEvent | undefined
  /** Stops everything that is under way, with `org/stopped`. */
  readonly signal?: AbortSignal | undefined
  readonly limits?: Partial<Limits> | undefined
  /** Absent: as many requests as it takes. */
  readonly limit?: RequestLimit | undefined
}

/** The live organization. Every failure is thrown as an `OrgError`; `attempt` turns it into an outcome. */
export interface OrgClient extends OrgReader {
  readonly orgId: string
  readonly counts: Counts
  /** Carries out one write of a plan and follows it to its end, or until it is told to stop looking. */
  execute(request: ApiRequest, watching?: Watching): Promise<Execution>
  /** Follows a move that an earlier run left, by the id of its task. */
  followTask(taskId: string): Promise<Execution>
  /** Any operation of the catalogue, its answer as it came; undefined where it is empty. Writes are not followed. */
  call<N extends OperationName>(name: N, params: Params<N>, content?: CallContent): Promise<Json | undefined>
  /** Lets go of idle connections. */
  close(): Promise<void>
}

/** Builds the client. Throws an `OrgError` for a key or an address that cannot be used. Nothing is sent yet. */
export function createClient(options: ClientOptions): OrgClient {
  const { orgId, readOnly, transport = undiciTransport(), onEvent = () => undefined, signal } = options
  const limits = { ...defaultLimits, ...options.limits }
  const time: Time = {
    clock: options.clock ?? realTime.clock,
    sleep: options.sleep ?? realTime.sleep,
    random: options.random ?? realTime.random,
    timer: options.timer ?? realTime.timer,
  }
  const { send, counts, pause } = createSend({
    transport,
    origin: apiOrigin(options.apiUrl),
    key: usableKey(options.apiKey),
    readOnly,
    limits,
    time,
    onEvent,
    signal,
    limit: options.limit,
  })
  const following = { send, orgId, pause, random: time.random, onEvent, limits }
  return {
    ...createReader(send, orgId),
    orgId,
    counts,
    execute: (request, watching) =>
      execute(following, new Date(time.clock()).toISOString().slice(0, 10), request, watching),
    followTask: async taskId => ({ taskId, ...(await followTask(following, taskId)) }),
    call: async (name, params, content) => (await send(apiCall(name, { ...params, orgId }, content))).body,
    close: async () => transport.close?.(),
  }
}

// What cannot stand in a header would make the HTTP library throw an error of its own, with the key in it.
function usableKey(text: string): string {
  const key = text.trim()
  if (key === '') throw new OrgError(diagnostic('org/no-key', {}))
  if (!/^[\x21-\x7e]+$/.test(key)) throw new OrgError(diagnostic('org/bad-key', {}))
  return key
}
