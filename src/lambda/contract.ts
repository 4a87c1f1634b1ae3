import type { Outcome } from '../diagnostics/outcome.ts'
import type { World } from '../cli/world.ts'

/** The objects of one bucket. A failure is a diagnostic that names the operation and, as told, what was not done for it. */
export interface Bucket {
  readonly name: string
  /** The bytes of an object; undefined where there is none. */
  read(key: string, undone: string): Promise<Outcome<Uint8Array | undefined>>
  write(key: string, content: Uint8Array | string, undone: string): Promise<Outcome<undefined>>
}

/** Everything of the machine and of AWS that a function touches. Tests give their own. */
export interface LambdaWorld extends Pick<World, 'network' | 'now' | 'random' | 'randomBytes'> {
  /** The variables of the function. None of them is a secret. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly bucket: (name: string) => Bucket
  /** The text of a secret; undefined where it has no value, or is not there. */
  readonly secret: (id: string, undone: string) => Promise<Outcome<string | undefined>>
  /** Does some work in an empty folder, which is gone afterwards. */
  readonly inFolder: <T>(work: (folder: string) => Promise<T>) => Promise<T>
  /** Writes one line to the log. */
  readonly log: (line: string) => void
  /** Does something later, unless it is called off by what this returns. */
  readonly after: (milliseconds: number, action: () => void) => () => void
}

/** What the service says of one invocation. */
export interface Invocation {
  readonly getRemainingTimeInMillis: () => number
}

/** A function as the service calls it. */
export type Handler = (event: unknown, invocation: Invocation) => Promise<unknown>
