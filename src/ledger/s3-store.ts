import { diagnostic } from '../diagnostics/diagnostic.ts'
import { LedgerError } from './ledger-error.ts'
import type { ObjectStore, PutCondition, PutEnd } from './object-store.ts'
import { s3Client, type S3Environment } from './s3-client.ts'
import { isSurelyNotWritten, s3Diagnostic, s3Failure, type S3Request } from './s3-failure.ts'
import type { S3Place } from './s3-place.ts'

/** Answers to a write whose condition did not hold: 409 to one of two at a time, 404 where the object to be replaced is gone. */
const refusals: ReadonlySet<number | undefined> = new Set([404, 409, 412])

/** A bucket of S3, or of a server that speaks it. The SDK is loaded and the client made at the first request. */
export function s3Store({ bucket: Bucket, prefix }: S3Place, environment: S3Environment): ObjectStore {
  let made: ReturnType<typeof s3Client> | undefined
  const connected = async () => {
    const connection = await (made ??= s3Client(environment))
    await connection.client.config.region().catch(() => {
      throw new LedgerError(diagnostic('ledger/no-region', {}))
    })
    return connection
  }
  const at = (key: string) => `s3://${Bucket}/${prefix}${key}`.replace(/\/$/, '')

  return {
    at,
    async get(key) {
      const { sdk, client } = await connected()
      try {
        const { Body, ETag } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: prefix + key }))
        // Without quotes: S3 takes a tag either way, radosgw 16 compares it as it is (seen 2026-11).
        return { text: (await Body?.transformToString()) ?? '', tag: (ETag ?? '').replaceAll('"', '') }
      } catch (error) {
        if (s3Failure(error).name === 'NoSuchKey') return undefined
        throw failed({ task: 'read', object: at(key) }, error)
      }
    },
    async put(key, text, condition): Promise<PutEnd> {
      const { sdk, client } = await connected()
      try {
        await client.send(
          new sdk.PutObjectCommand({
            Bucket,
            Key: prefix + key,
            Body: Buffer.from(text),
            ContentType: key.endsWith('.json') ? 'application/json' : 'text/markdown; charset=utf-8',
            ...headersFor(condition),
          }),
        )
        return { end: 'written' }
      } catch (error) {
        const failure = s3Failure(error)
        if (condition !== undefined && refusals.has(failure.status) && failure.name !== 'NoSuchBucket')
          return { end: 'refused' }
        const request: S3Request = { task: 'write', object: at(key) }
        if (isSurelyNotWritten(failure)) throw failed(request, error)
        return { end: 'unknown', problem: s3Diagnostic(request, failure, 'maybe') }
      }
    },
    async list(within) {
      const { sdk, client } = await connected()
      const keys: string[] = []
      try {
        const pages = sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix + within })
        for await (const { Contents = [] } of pages)
          keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(prefix.length)])))
      } catch (error) {
        throw failed({ task: 'list', object: at(within) }, error)
      }
      return keys.sort()
    },
  }
}

const headersFor = (condition: PutCondition | undefined) =>
  condition === undefined ? {} : 'tag' in condition ? { IfMatch: condition.tag } : { IfNoneMatch: '*' }

const failed = (request: S3Request, error: unknown): LedgerError =>
  error instanceof LedgerError ? error : new LedgerError(s3Diagnostic(request, s3Failure(error), 'no'))
