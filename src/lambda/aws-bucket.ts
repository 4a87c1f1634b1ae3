import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { s3Client, type S3Environment } from '../ledger/s3-client.ts'
import { s3Failure } from '../ledger/s3-failure.ts'
import type { Bucket } from './contract.ts'
import { refused } from './refused.ts'

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  xml: 'application/xml',
}

/** A bucket of S3. The SDK is the one of the Lambda runtime, loaded at the first request. */
export function awsBucket(Bucket: string, environment: S3Environment): Bucket {
  let made: ReturnType<typeof s3Client> | undefined
  const at = (key: string): string => `s3://${Bucket}/${key}`
  const failed = (operation: string, key: string, undone: string, error: unknown): Outcome<never> => {
    const { name, status } = s3Failure(error)
    return refused({ operation, resource: at(key), name, undone, ...(status !== undefined && { status }) })
  }
  return {
    name: Bucket,
    async read(Key, undone) {
      const { sdk, client } = await (made ??= s3Client(environment))
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }))
        return outcome(await Body?.transformToByteArray(), [])
      } catch (error) {
        if (s3Failure(error).name === 'NoSuchKey') return outcome(undefined, [])
        return failed('s3:GetObject', Key, undone, error)
      }
    },
    async write(Key, Body, undone) {
      const { sdk, client } = await (made ??= s3Client(environment))
      const type = types[Key.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      try {
        await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ContentType: type }))
        return outcome(undefined, [])
      } catch (error) {
        return failed('s3:PutObject', Key, undone, error)
      }
    },
  }
}
