import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { Provider } from '../contract.ts'
import { answer } from './answer.ts'
import { isCertificate, makeCertificate, type Certificate } from './certificate.ts'
import { grpcService, type Answer } from './grpc-service.ts'
import { handshakeLine, type Handshake } from './handshake.ts'
import { placesFor, type Place } from './listen-on.ts'
import type { Log } from './log.ts'
import { encodeMessage } from './messages.ts'
import { providerCalls } from './provider-calls.ts'

/** As much as Terraform takes. */
const longestMessage = 256 << 20

const serving = 1

export interface Serving {
  /** The line for standard output. */
  readonly line: string
  /** The folder of the socket, if there is one: it must not outlive the process. */
  readonly folder?: string
  /** Stops listening, and drops what is under way. */
  readonly close: () => Promise<void>
}

export interface ServeOptions {
  readonly handshake: Handshake
  /** It may be on its way still: calls wait for it. */
  readonly provider: Promise<Provider>
  readonly log: Log
  readonly now: () => Date
  readonly platform: string
  /** Terraform needs the provider no more. It is called after the answer to that is on its way. */
  readonly onShutdown: () => void
}

/** Offers a provider to Terraform. Resolves when it can be called. Throws an error with a sentence for people if that is not to be had. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { handshake, platform } = options
  if (handshake.clientCertificate !== undefined && !isCertificate(handshake.clientCertificate))
    throw new Error('PLUGIN_CLIENT_CERT holds no certificate')
  const certificate = handshake.clientCertificate === undefined ? undefined : await makeCertificate(options.now())
  const server = new Server({
    'grpc.max_receive_message_length': longestMessage,
    'grpc.max_send_message_length': longestMessage,
  })
  for (const [name, answers] of Object.entries(servicesOf(options))) {
    const { definition, implementation } = grpcService(name, answers)
    server.addService(definition, implementation)
  }
  const { place, port } = await bind(
    server,
    await placesFor(handshake, platform),
    credentials(handshake.clientCertificate, certificate),
  )
  return {
    line: handshakeLine(place.listening(port), certificate?.der),
    ...(place.folder !== undefined && { folder: place.folder }),
    close: () => {
      server.forceShutdown()
      return place.leave()
    },
  }
}

function servicesOf({ provider, log, now, onShutdown }: ServeOptions): Record<string, Record<string, Answer>> {
  return {
    'tfplugin6.Provider': Object.fromEntries(
      Object.entries(providerCalls).map(([name, call]) => [
        name,
        async bytes => {
          const start = now().getTime()
          const answered = await answer(name, call, provider, bytes)
          log('debug', name, { bytes: bytes.length, answered: answered.length, ms: now().getTime() - start })
          return answered
        },
      ]),
    ),
    'grpc.health.v1.Health': {
      Check: () => Promise.resolve(encodeMessage('HealthCheckResponse', { status: serving })),
    },
    'plugin.GRPCController': {
      Shutdown: () => {
        setImmediate(onShutdown)
        return Promise.resolve(encodeMessage('Empty', {}))
      },
    },
  }
}

function credentials(clientCertificate: string | undefined, own: Certificate | undefined): ServerCredentials {
  if (clientCertificate === undefined || own === undefined) return ServerCredentials.createInsecure()
  const pair = { private_key: Buffer.from(own.key), cert_chain: Buffer.from(own.certificate) }
  return ServerCredentials.createSsl(Buffer.from(clientCertificate), [pair], true)
}

async function bind(
  server: Server,
  places: readonly Place[],
  how: ServerCredentials,
): Promise<{ readonly place: Place; readonly port: number }> {
  for (const place of places) {
    const port = await new Promise<number | undefined>(resolve => {
      server.bindAsync(place.target, how, (error, bound) => resolve(error === null ? bound : undefined))
    })
    if (port !== undefined) return { place, port }
    await place.leave()
  }
  throw new Error(`the provider cannot listen on ${places.at(-1)?.target ?? 'any port'}`)
}
