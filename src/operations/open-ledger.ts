import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger } from '../ledger/contract.ts'
import { folderLedger } from '../ledger/folder-ledger.ts'
import { s3Ledger } from '../ledger/s3-ledger.ts'
import { s3Place } from '../ledger/s3-place.ts'

export type { Ledger }

/** The ledger at a place: a folder, or `s3://bucket/prefix`. `resolve` turns a relative folder into a path. Nothing is read yet. */
export function openLedger(place: string, resolve: (folder: string) => string): Outcome<Ledger> {
  if (!/^[a-z0-9+.-]+:\/\//i.test(place)) return outcome(folderLedger(resolve(place)), [])
  const bucket = s3Place(place)
  if (bucket === undefined) return failed(diagnostic('ledger/unsupported', { place }))
  const sleep = async (milliseconds: number): Promise<void> => {
    await delay(milliseconds)
  }
  const ledger = s3Ledger(bucket, { environment: process.env, mark: randomUUID, random: Math.random, sleep })
  return outcome(ledger, [])
}
