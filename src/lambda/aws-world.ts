import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { awsBucket } from './aws-bucket.ts'
import { awsSecret } from './aws-secret.ts'
import type { Bucket, LambdaWorld } from './contract.ts'

/** The world inside Lambda. Clients are kept as long as the process is; folders are not. */
export function awsWorld(): LambdaWorld {
  const buckets = new Map<string, Bucket>()
  return {
    env: process.env,
    bucket: name => {
      const bucket = buckets.get(name) ?? awsBucket(name, process.env)
      buckets.set(name, bucket)
      return bucket
    },
    secret: awsSecret(),
    inFolder: async work => {
      const folder = await mkdtemp(join(tmpdir(), 'postern-'))
      try {
        return await work(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    // Not console.log, which puts a time in front: a line in metric format must be JSON and nothing else.
    log: line => void process.stdout.write(`${line}\n`),
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds)
      return () => clearTimeout(timer)
    },
    now: () => new Date(),
    random: Math.random,
    randomBytes: size => Promise.resolve(randomBytes(size)),
  }
}
