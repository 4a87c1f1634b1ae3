import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Client, credentials, type ChannelCredentials } from '@grpc/grpc-js'
import { generate } from 'selfsigned'
import type { Provider } from '../../src/terraform/contract.ts'
import { readHandshake } from '../../src/terraform/protocol/handshake.ts'
import { serve } from '../../src/terraform/protocol/serve.ts'
import type { Plain, PlainObject } from './plain-values.ts'
import {
  readResponse,
  requestBytes,
  type AttributeMessage,
  type CallName,
  type Calls,
  type SchemaMessage,
} from './plugin-messages.ts'

/** A provider that was started as Terraform starts one. */
export interface Plugin {
  /** Asks, with plain values, and reads the answer. */
  readonly call: <Name extends CallName>(name: Name, request: Calls[Name][0]) => Promise<Calls[Name][1]>
  /** A value of a resource or data source, or of the provider (`provider`): what is left out is null, as Terraform would send it. */
  readonly object: (type: string, value?: PlainObject) => Promise<PlainObject>
  /** Asks with bytes. */
  readonly send: (path: string, bytes: Uint8Array) => Promise<Uint8Array>
  /** The line of the handshake. */
  readonly line: string
  /** Of a program: its process, and what it wrote to standard error so far. */
  readonly pid: number | undefined
  readonly stderr: () => string
  /** Ends the provider as Terraform does. Resolves with the exit code, zero for one in this process. */
  readonly close: () => Promise<number | null>
}

export interface PluginOptions {
  /** The environment of the program, beside PATH. */
  readonly env?: Readonly<Record<string, string>>
  /** The built file if left out. */
  readonly executable?: string
  /** Offers this one, in this process, and starts no program. */
  readonly provider?: Provider
  /** False as with TF_DISABLE_PLUGIN_TLS. */
  readonly tls?: boolean
}

export const magicCookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** Starts a provider, and shakes hands with it. Rejects with what it wrote if it does not come to that. */
export async function startPlugin(options: PluginOptions = {}): Promise<Plugin> {
  const own = options.tls === false ? undefined : await generate([], { keyType: 'ec', algorithm: 'sha256' })
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...options.env,
    TF_PLUGIN_MAGIC_COOKIE: magicCookie,
    PLUGIN_PROTOCOL_VERSIONS: '5,6',
    ...(own && { PLUGIN_CLIENT_CERT: own.cert }),
  }
  const { line, stop, ...started } =
    options.provider === undefined
      ? await program(options.executable ?? resolve('dist/terraform-provider-postern'), env)
      : await inProcess(options.provider, env)
  const [core, protocol, network, address = '', kind, der = ''] = line.split('|')
  if (core !== '1' || protocol !== '6' || kind !== 'grpc') throw new Error(`no handshake: ${line}`)
  const trust = own && credentials.createSsl(...keysFor(der, own))
  const client = connect(`${network === 'unix' ? 'unix:' : ''}${address}`, trust ?? credentials.createInsecure())
  const send = (path: string, bytes: Uint8Array) => unary(client, path, bytes)
  const call = async <Name extends CallName>(name: Name, request: Calls[Name][0]) =>
    readResponse(name, await send(`/tfplugin6.Provider/${name}`, requestBytes(name, request)))
  let schemas: Promise<Calls['GetProviderSchema'][1]> | undefined
  return {
    ...started,
    line,
    call,
    send,
    object: async (type, value = {}) => {
      const { provider, resourceSchemas, dataSourceSchemas } = await (schemas ??= call('GetProviderSchema', {}))
      const schema: SchemaMessage | undefined =
        type === 'provider' ? provider : (resourceSchemas[type] ?? dataSourceSchemas[type])
      if (schema === undefined) throw new Error(`there is no schema of ${type}`)
      return completed(schema.block.attributes, value)
    },
    close: async () => {
      await send('/plugin.GRPCController/Shutdown', new Uint8Array()).catch(() => undefined)
      client.close()
      return stop()
    },
  }
}

type Keys = readonly [root: Buffer, key: Buffer, certificate: Buffer]

function keysFor(der: string, own: { readonly private: string; readonly cert: string }): Keys {
  // Go reads the standard alphabet without padding, and nothing else.
  if (!/^[A-Za-z0-9+/]+$/.test(der)) throw new Error(`no certificate: ${der}`)
  const server = new X509Certificate(Buffer.from(der, 'base64'))
  return [Buffer.from(server.toString()), Buffer.from(own.private), Buffer.from(own.cert)]
}

const connect = (target: string, trust: ChannelCredentials): Client =>
  new Client(target, trust, {
    'grpc.ssl_target_name_override': 'localhost',
    'grpc.default_authority': 'localhost',
    'grpc.max_receive_message_length': 256 << 20,
    'grpc.max_send_message_length': 256 << 20,
  })

const unary = (client: Client, path: string, bytes: Uint8Array): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const same = (content: Buffer): Buffer => content
    client.makeUnaryRequest(path, same, same, Buffer.from(bytes), (error, answer) =>
      error === null ? done(answer ?? new Uint8Array()) : failed(error),
    )
  })

type Env = Readonly<Record<string, string>>

async function program(file: string, env: Env) {
  const child = spawn(file, [], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const gone = once(child, 'exit') as Promise<[number | null]>
  const line = await new Promise<string>((done, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      if (stdout.includes('\n')) done(stdout.slice(0, stdout.indexOf('\n')))
    })
    child.on('error', failed)
    child.on('exit', code => failed(new Error(`the provider ended with ${code ?? 'a signal'}: ${stdout}${stderr}`)))
  })
  return { line, pid: child.pid, stderr: () => stderr, stop: async () => (await gone)[0] }
}

async function inProcess(provider: Provider, env: Env) {
  const started = readHandshake(env)
  if (!('handshake' in started)) throw new Error('no handshake')
  const { line, close } = await serve({
    handshake: started.handshake,
    provider: Promise.resolve(provider),
    log: () => undefined,
    now: () => new Date(),
    platform: process.platform,
    onShutdown: () => undefined,
  })
  const stop = async () => {
    await provider.close()
    await close()
    return 0
  }
  return { line, pid: undefined, stderr: () => '', stop }
}

function completed(attributes: readonly AttributeMessage[], value: PlainObject): PlainObject {
  const extra = Object.keys(value).find(name => !attributes.some(each => each.name === name))
  if (extra !== undefined) throw new Error(`there is no attribute ${extra}`)
  return Object.fromEntries(
    attributes.map(({ name, nestedType }) => {
      const member = value[name] ?? null
      return [name, nestedType === null ? member : within(nestedType, member)]
    }),
  )
}

function within({ nesting, attributes }: NonNullable<AttributeMessage['nestedType']>, value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => within({ nesting: 'SINGLE', attributes }, item as Plain))
  const object = value as PlainObject
  if (nesting !== 'MAP') return completed(attributes, object)
  return Object.fromEntries(
    Object.entries(object).map(([key, member]) => [key, within({ nesting: 'SINGLE', attributes }, member)]),
  )
}
