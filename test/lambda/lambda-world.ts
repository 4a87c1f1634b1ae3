import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { failed, outcome } from '../../src/diagnostics/outcome.ts'
import type { Bucket, Invocation, LambdaWorld } from '../../src/lambda/contract.ts'
import { documentsKey } from '../../src/lambda/places.ts'
import { fetchTransport } from '../../src/org/fetch-transport.ts'
import { simulate, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts'
import { policiesFolder, startTime, temporaryFolder } from '../operations/start.ts'

export const commit = '5c3a9f2e7b1d4a6f8c0e2b4d6f8a1c3e5b7d9f01'

/** A function's surroundings in memory: objects, secrets, a log, and a network that ends at the simulator. */
export interface Fake {
  readonly world: LambdaWorld
  readonly simulator: Simulator
  readonly objects: Map<string, string | Uint8Array>
  readonly secrets: Map<string, string>
  readonly lines: string[]
  /** Operations that AWS refuses, such as `s3:PutObject reports/`. */
  readonly refuse: Set<string>
  /** Timers that were set, by their wait. */
  readonly timers: Map<number, () => void>
  readonly clock: { time: number }
  readonly text: (key: string) => string
  readonly json: (key: string) => Record<string, unknown>
  /** The metrics of the last line that holds some. */
  readonly metrics: () => Record<string, unknown>
  /** Folders that were left behind. */
  readonly leftovers: () => Promise<readonly string[]>
}

export interface FakeOptions extends SimulatorOptions {
  readonly env?: Readonly<Record<string, string>>
}

/** 15 minutes. */
export const invocation: Invocation = { getRemainingTimeInMillis: () => 900_000 }

export async function fake({ env = {}, ...options }: FakeOptions = {}): Promise<Fake> {
  const root = await temporaryFolder()
  const scratch = await mkdtemp(join(root, 'tmp-'))
  const clock = { time: startTime }
  const sleep = (milliseconds: number): Promise<void> => {
    clock.time += milliseconds
    return Promise.resolve()
  }
  const now = (): number => clock.time
  const simulator = await simulate({ listen: false, clock: { now }, sleep, ...options })
  const objects = new Map<string, string | Uint8Array>([[documentsKey(commit), archive({ policies: policiesFolder })]])
  const secrets = new Map([['postern/key', `${simulator.apiKey}\n`]])
  const lines: string[] = []
  const refuse = new Set<string>()
  const timers = new Map<number, () => void>()
  const isRefused = (operation: string, key: string): boolean =>
    [...refuse].some(each => `${operation} ${key}`.startsWith(each))
  const refusal = (operation: string, resource: string, undone: string) =>
    failed(diagnostic('aws/refused', { operation, resource, name: 'AccessDenied', status: 403, undone }))
  const bucket: Bucket = {
    name: 'acme-postern',
    read: (key, undone) => {
      const found = objects.get(key)
      return Promise.resolve(
        isRefused('s3:GetObject', key)
          ? refusal('s3:GetObject', key, undone)
          : outcome(typeof found === 'string' ? new TextEncoder().encode(found) : found, []),
      )
    },
    write: (key, content, undone) => {
      if (isRefused('s3:PutObject', key)) return Promise.resolve(refusal('s3:PutObject', key, undone))
      objects.set(key, content)
      return Promise.resolve(outcome(undefined, []))
    },
  }
  const text = (key: string): string => {
    const found = objects.get(key)
    return typeof found === 'string' ? found : new TextDecoder().decode(found)
  }
  return {
    simulator,
    objects,
    secrets,
    lines,
    refuse,
    timers,
    clock,
    text,
    json: key => JSON.parse(text(key)) as Record<string, unknown>,
    metrics: () => JSON.parse(lines.filter(line => line.includes('_aws')).at(-1) ?? '{}') as Record<string, unknown>,
    leftovers: () => readdir(scratch),
    world: {
      env: {
        POSTERN_BUCKET: 'acme-postern',
        POSTERN_SECRET: 'postern/key',
        POSTERN_LEDGER: join(root, 'ledger'),
        POSTERN_NAME: 'acme',
        ...env,
      },
      bucket: () => bucket,
      secret: (id, undone) =>
        Promise.resolve(
          isRefused('secretsmanager:GetSecretValue', id)
            ? refusal('secretsmanager:GetSecretValue', id, undone)
            : outcome(secrets.get(id), []),
        ),
      inFolder: async work => {
        const folder = await mkdtemp(join(scratch, 'run-'))
        try {
          return await work(folder)
        } finally {
          await rm(folder, { recursive: true })
        }
      },
      log: line => void lines.push(line),
      after: (milliseconds, action) => {
        timers.set(milliseconds, action)
        return () => timers.delete(milliseconds)
      },
      now: () => new Date(clock.time),
      random: () => 0.5,
      randomBytes: size => Promise.resolve(new Uint8Array(size)),
      network: {
        transport: fetchTransport(request => simulator.fetch(request)),
        clock: now,
        sleep,
        random: () => 0.5,
      },
    },
  }
}

/** A ZIP of folders, by the name that each gets in it; or of texts. */
export function archive(content: Readonly<Record<string, string>>): Uint8Array {
  const files: Record<string, Uint8Array> = {}
  for (const [name, from] of Object.entries(content)) {
    if (statSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) files[name] = new TextEncoder().encode(from)
    else
      for (const entry of readdirSync(from, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) {
          const path = join(entry.parentPath, entry.name)
          files[join(name, path.slice(from.length + 1))] = readFileSync(path)
        }
  }
  return zipSync(files)
}
