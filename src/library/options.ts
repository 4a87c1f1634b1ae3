import type { OnEvent } from '../org/events.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'

export type { OnEvent, OrgEvent, WaitingReason } from '../org/events.ts'

/** What every call that reaches the organization may be given. */
export interface CallOptions {
  /** Is told of each request, each wait and each task that is followed, for progress. It must not throw. */
  readonly onEvent?: OnEvent | undefined
  /** Ends the call early. What was read until then is thrown away, and the outcome has the code `org/stopped`. */
  readonly signal?: AbortSignal | undefined
  /** The real time if left out. */
  readonly clock?: Clock | undefined
}

/** The three things that every comparison takes: the documents, the organization, and what is remembered of it. */
export interface LiveOptions extends CallOptions {
  /** The policy folder; a relative one starts at the working directory. */
  readonly folder: string
  /** How the organization is reached. */
  readonly connection: Connection
  /**
   * Where Postern remembers evidence and what was applied, never a key: a folder, which need not exist yet, or `s3://bucket/prefix`. A bucket needs the package `@aws-sdk/client-s3`, and takes its
   * credentials from where the AWS SDK finds them.
   */
  readonly ledger: string
}
