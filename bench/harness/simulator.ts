import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SimulatorOptions } from '../../src/simulator/index.ts'
import type { NamedByDocuments, OrganizationSizes } from './organization-sizes.ts'
import { newFolder } from './children.ts'
import type { Bench } from './row.ts'
import { startServer } from './server-process.ts'

/** So many requests of one kind with one answer. */
export interface Asked {
  readonly method: string
  /** The path, with `:id` for ids. */
  readonly route: string
  readonly status: number | 'reset' | 'none'
  readonly count: number
}

/** A simulated organization in a process of its own. */
export interface RunningSimulator {
  readonly url: string
  readonly apiKey: string
  /** What was asked since this was asked last. */
  readonly asked: () => Promise<readonly Asked[]>
  readonly sizes: () => Promise<OrganizationSizes>
  /** Aborted when it ends by itself. */
  readonly signal: AbortSignal
  readonly stop: () => void
}

export interface Simulated {
  readonly options: SimulatorOptions
  /** Milliseconds until it answers. */
  readonly latency: number
  readonly named: NamedByDocuments
}

/** Starts it. Rejects where it does not come up. */
export async function startSimulator({ dist, env }: Bench, simulated: Simulated): Promise<RunningSimulator> {
  const file = join(newFolder('simulator'), 'options.json')
  writeFileSync(file, JSON.stringify(simulated))
  const { ready, ask, signal, stop } = await startServer<{ url: string; apiKey: string }>(
    'the simulator',
    join(import.meta.dirname, 'simulator-process.ts'),
    [pathToFileURL(join(dist, 'simulator.js')).href, file],
    env,
  )
  return { ...ready, asked: () => ask('asked'), sizes: () => ask('sizes'), signal, stop }
}

/** How many requests that is in all. */
export const countOf = (asked: readonly Asked[]): number => asked.reduce((sum, { count }) => sum + count, 0)
