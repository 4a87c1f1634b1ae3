/** What go-plugin agreed on with whoever starts this program; it is no secret, and tells a person from Terraform. */
const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** The version of Terraform's plugin protocol that is spoken. */
export const protocolVersion = 6

/** The version of go-plugin's own protocol. */
const coreVersion = 1

export type Environment = Readonly<Record<string, string | undefined>>

/** What Terraform says when it starts the provider. */
export interface Handshake {
  /** The certificate that whoever connects must have, as PEM; left out where Terraform was told to do without TLS. */
  readonly clientCertificate?: string
  /** Where the socket is to be made. */
  readonly socketFolder?: string
  /** On Windows: the ports to choose from. */
  readonly ports: readonly [number, number]
}

export type Started =
  | { readonly by: 'terraform'; readonly handshake: Handshake }
  | { readonly by: 'terraform'; readonly refused: string }
  | { readonly by: 'person' }

/** Who started the program, and what they said. */
export function readHandshake(environment: Environment): Started {
  if (environment['TF_PLUGIN_MAGIC_COOKIE'] !== cookie) return { by: 'person' }
  const versions = environment['PLUGIN_PROTOCOL_VERSIONS'] ?? ''
  if (!versions.split(',').some(version => Number(version.trim()) === protocolVersion))
    return {
      by: 'terraform',
      refused: `the postern provider speaks plugin protocol ${protocolVersion}, and Terraform asks for ${shown(versions)}: use Terraform 1.0 or newer`,
    }
  const certificate = environment['PLUGIN_CLIENT_CERT'] ?? ''
  const socketFolder = environment['PLUGIN_UNIX_SOCKET_DIR'] ?? ''
  return {
    by: 'terraform',
    handshake: {
      ...(certificate !== '' && { clientCertificate: certificate }),
      ...(socketFolder !== '' && { socketFolder }),
      ports: [port(environment['PLUGIN_MIN_PORT']), port(environment['PLUGIN_MAX_PORT'])],
    },
  }
}

const shown = (versions: string): string =>
  /^[\d, ]{1,40}$/.test(versions) ? versions : versions === '' ? 'none' : 'something else'

/** Zero lets the system choose. */
const port = (text = ''): number => (/^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : 0)

/** Where a server listens, as go-plugin names it. */
export interface Listening {
  readonly network: 'unix' | 'tcp'
  readonly address: string
}

/** The line that tells Terraform where to connect, and which certificate it will see there. */
export const handshakeLine = ({ network, address }: Listening, certificate?: Uint8Array): string =>
  [
    coreVersion,
    protocolVersion,
    network,
    address,
    'grpc',
    // Go reads it without padding, and refuses it with.
    Buffer.from(certificate ?? new Uint8Array())
      .toString('base64')
      .replaceAll('=', ''),
  ].join('|')
