import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { objectLedger } from '../../src/ledger/object-ledger.ts'
import { withProvenConditions } from '../../src/ledger/proven-conditions.ts'
import { s3Ledger } from '../../src/ledger/s3-ledger.ts'
import { s3Store } from '../../src/ledger/s3-store.ts'
import type { S3Place } from '../../src/ledger/s3-place.ts'
import { ledgerContract, type Stored } from './contract.ts'
import { codeOf, full } from './full-ledger.ts'
import { missingForRadosgw, startRadosgw, type Radosgw } from './start-radosgw.ts'

const missing = missingForRadosgw.join(', ')

let server: Radosgw
let places = 0

/** A place of its own in the bucket, with the surroundings that lead there. */
const freshPlace = (): S3Place => ({ bucket: server.bucket, prefix: `ledger-${++places}/` })

const surroundings = () => ({
  environment: process.env,
  mark: randomUUID,
  random: Math.random,
  sleep: async (milliseconds: number) => {
    await delay(milliseconds)
  },
})

const make = (): Promise<Stored> => {
  const place = freshPlace()
  // One client for all, as two hundred of them would be slower than the server.
  const store = withProvenConditions(s3Store(place, process.env))
  return Promise.resolve({
    open: format => objectLedger(store, { ...surroundings(), ...(format !== undefined && { format }) }),
    readText: async section => (await store.get(`${section}.json`))?.text ?? '',
    writeText: async (section, text) => {
      await store.put(`${section}.json`, text)
    },
    wait: () => 500 + 2_500 * Math.random(),
  })
}

const suite = missing === '' ? 'radosgw' : `radosgw (skipped: not installed: ${missing})`

describe.skipIf(missing !== '')(suite, () => {
  beforeAll(async () => {
    server = await startRadosgw()
    process.env['AWS_ENDPOINT_URL_S3'] = server.endpoint
    process.env['AWS_ACCESS_KEY_ID'] = server.accessKeyId
    process.env['AWS_SECRET_ACCESS_KEY'] = server.secretAccessKey
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
  }, 60_000)
  afterAll(() => server.stop())

  ledgerContract('a bucket of S3', make)

  it('says what a wrong key, a wrong secret and a wrong bucket are', async () => {
    const { accessKeyId, secretAccessKey } = server
    const cases = [
      ['AWS_ACCESS_KEY_ID', 'AKIANOBODY', 'ledger/no-credentials'],
      ['AWS_SECRET_ACCESS_KEY', 'wrong', 'ledger/no-credentials'],
    ] as const
    for (const [name, value, code] of cases) {
      process.env[name] = value
      const ledger = s3Ledger(freshPlace(), surroundings())
      expect(await codeOf(ledger.read('lock'))).toBe(code)
      expect(await codeOf(ledger.update('lock', () => full.lock))).toBe(code)
      process.env['AWS_ACCESS_KEY_ID'] = accessKeyId
      process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey
    }
    const nowhere = s3Ledger({ bucket: 'nowhere', prefix: 'x/' }, surroundings())
    expect(await codeOf(nowhere.read('lock'))).toBe('ledger/no-bucket')
    expect(await codeOf(nowhere.update('lock', () => full.lock))).toBe('ledger/no-bucket')
    expect(await codeOf(nowhere.journal.append('r', [{ type: 'end', at: '2026-11-24T08:00:00.000Z' }]))).toBe(
      'ledger/no-bucket',
    )
    expect(await codeOf(nowhere.records.list('run'))).toBe('ledger/no-bucket')
  })

  // That a run would be told so instead of two of them holding the lock: this server ignores If-Match there.
  it('refuses a bucket on which the server ignores conditions', async () => {
    const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: 'with-versions' }))
    await client.send(
      new PutBucketVersioningCommand({ Bucket: 'with-versions', VersioningConfiguration: { Status: 'Enabled' } }),
    )
    const ledger = s3Ledger({ bucket: 'with-versions', prefix: '' }, surroundings())
    expect(await codeOf(ledger.update('lock', () => full.lock))).toBe('ledger/no-conditions')
    expect(await ledger.read('lock')).toBeUndefined()
  })

  it('lists more than one page', async () => {
    const ledger = s3Ledger(freshPlace(), surroundings())
    const names = Array.from({ length: 120 }, (_, index) => `r-${String(index).padStart(3, '0')}`)
    for (let start = 0; start < names.length; start += 40)
      await Promise.all(names.slice(start, start + 40).map(run => ledger.records.write('run', run, '{}')))
    expect(await ledger.records.list('run')).toEqual(names)
  })
})
