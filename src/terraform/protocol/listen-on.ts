import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Handshake, Listening } from './handshake.ts'

/** An address to listen on, as gRPC writes it, and how to leave it. */
export interface Place {
  readonly target: string
  /** The address once the port is known. */
  readonly listening: (port: number) => Listening
  /** The folder of the socket; it goes when the program does. */
  readonly folder?: string
  readonly leave: () => Promise<void>
}

/** The longest path of a socket that Linux and macOS both take. */
const longestPath = 103

/**
 * Places to try one after another: a socket in a folder that only this user can enter, and on Windows a port of this machine.
 */
export async function placesFor({ socketFolder, ports }: Handshake, platform: string): Promise<readonly Place[]> {
  if (platform === 'win32') return portsFrom(ports).map(onPort)
  const folder = await mkdtemp(join(socketFolder ?? tmpdir(), 'postern-'))
  const path = join(folder, 'plugin')
  const leave = () => rm(folder, { recursive: true, force: true })
  if (Buffer.byteLength(path) > longestPath) {
    await leave()
    throw new Error(`the path of the socket is too long for this system: ${path}; set TMPDIR to a shorter one`)
  }
  return [{ target: `unix:${path}`, listening: () => ({ network: 'unix', address: path }), folder, leave }]
}

function portsFrom([first, last]: readonly [number, number]): readonly number[] {
  if (first === 0) return [0]
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, offset) => first + offset)
}

const onPort = (port: number): Place => ({
  target: `127.0.0.1:${port}`,
  listening: bound => ({ network: 'tcp', address: `127.0.0.1:${bound}` }),
  leave: () => Promise.resolve(),
})
