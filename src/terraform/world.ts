import type { Connection } from '../operations/connection.ts'

/** Everything of the machine that the provider touches. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** A number from 0 up to 1. */
  readonly random: () => number
  /** The path of a folder that starts at the working directory. */
  readonly path: (folder: string) => string
  /** How the network is reached, where not over sockets. */
  readonly network: Partial<Pick<Connection, 'transport' | 'sleep' | 'clock' | 'random'>>
}
