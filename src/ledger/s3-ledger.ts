import type { Ledger } from './contract.ts'
import { objectLedger, type ObjectLedgerOptions } from './object-ledger.ts'
import { withProvenConditions } from './proven-conditions.ts'
import type { S3Environment } from './s3-client.ts'
import type { S3Place } from './s3-place.ts'
import { s3Store } from './s3-store.ts'

/** What a ledger in a bucket of S3 takes from its surroundings. */
export interface S3LedgerOptions extends ObjectLedgerOptions {
  readonly environment: S3Environment
}

/** A ledger in a bucket of S3. Region, credentials and server are those that the SDK finds. Nothing is asked of it before the first use. */
export const s3Ledger = (place: S3Place, { environment, ...options }: S3LedgerOptions): Ledger =>
  objectLedger(withProvenConditions(s3Store(place, environment)), options)
