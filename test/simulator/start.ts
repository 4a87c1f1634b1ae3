import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { simulate, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts'

/** What came back: status, JSON body as an object, and the response itself. */
export interface Reply {
  readonly status: number
  readonly body: JsonObject
  readonly raw: Json
  readonly headers: Headers
}

/** A simulator without a socket, at a clock that stands still until it is moved. */
export interface Started {
  readonly simulator: Simulator
  readonly clock: { time: number; now: () => number }
  /** `ORG` in a path stands for the id of the organization. */
  readonly call: (method: string, path: string, body?: Json, key?: string) => Promise<Reply>
  readonly page: (method: string, path: string, form?: Readonly<Record<string, string>>) => Promise<Response>
  /** The JSON that a console page answers. */
  readonly readPage: (path: string) => Promise<JsonObject>
}

export const startTime = Date.parse('2026-11-24T08:00:00Z')

export const ids = {
  staff: '90781be9-0863-45f0-92b9-1612379ffa5c',
  contractors: '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02',
  local: '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01',
}

/** Starts one. */
export async function start(options: SimulatorOptions = {}): Promise<Started> {
  const clock = { time: startTime, now: (): number => clock.time }
  const simulator = await simulate({ listen: false, clock, sleep: () => Promise.resolve(), ...options })
  const at = (path: string): string => path.replaceAll('ORG', simulator.organizationId)
  return {
    simulator,
    clock,
    call: async (method, path, body, key = simulator.apiKey) => {
      const response = await simulator.fetch(at(path), {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const raw = text === '' ? null : (JSON.parse(text) as Json)
      return { status: response.status, raw, body: isObject(raw) ? raw : {}, headers: response.headers }
    },
    page: (method, path, form) =>
      simulator.fetch(at(`/console/o/ORG${path}`), {
        method,
        ...(form !== undefined && { body: new URLSearchParams(form) }),
      }),
    readPage: async path => {
      const response = await simulator.fetch(at(`/console/o/ORG${path}`), { headers: { accept: 'application/json' } })
      return (await response.json()) as JsonObject
    },
  }
}

/** The objects of a page's `data`. */
export const dataOf = ({ body }: Reply): readonly JsonObject[] => body['data'] as unknown as readonly JsonObject[]

/** One member of each object of a page's `data`. */
export const namesOf = (reply: Reply, member: string): readonly unknown[] => dataOf(reply).map(item => item[member])

/** A member of a member. */
export const at = (value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, name) => (inner as Record<string | number, Json> | undefined)?.[name], value)

/** A member of a member that must be a text. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')}`)
  return found
}

/** The code of the first error of a body. */
export const codeOf = ({ body }: Reply): unknown => at(body, 'errors', 0, 'code')

/** The id of the account with this email. */
export function accountId({ simulator }: Started, email: string): string {
  const found = simulator.state.accounts.byEmail.get(email.toLowerCase())
  if (found === undefined) throw new Error(`no account ${email}`)
  return found.accountId
}
