import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { s3Client } from '../../src/ledger/s3-client.ts'
import { s3Ledger } from '../../src/ledger/s3-ledger.ts'
import { fakeS3, type S3Fault } from './fake-s3.ts'
import { codeOf, entries, full, problemOf } from './full-ledger.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/secret'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_REGION', 'eu-central-1')
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere')
})

afterEach(() => vi.unstubAllEnvs())

let marks = 0

/** A ledger at a server on this machine. */
const ledgerAt = (endpoint: string | undefined) =>
  s3Ledger(
    { bucket: 'bucket', prefix: 'prefix/' },
    {
      environment: { ...process.env, AWS_ENDPOINT_URL_S3: endpoint },
      mark: () => `mark-${++marks}`,
      random: () => 0,
      sleep: () => Promise.resolve(),
    },
  )

const answering = async (wrong: S3Fault) => ledgerAt((await fakeS3(() => wrong)).endpoint)

describe('a request that S3 refuses', () => {
  it.each<readonly [string, S3Fault]>([
    ['ledger/denied', { status: 403, code: 'AccessDenied' }],
    ['ledger/denied', { status: 403, code: 'AllAccessDisabled' }],
    ['ledger/denied', { status: 403, body: 'a proxy that speaks no XML' }],
    ['ledger/no-bucket', { status: 404, code: 'NoSuchBucket' }],
    ['ledger/no-credentials', { status: 403, code: 'InvalidAccessKeyId' }],
    ['ledger/no-credentials', { status: 403, code: 'SignatureDoesNotMatch' }],
    ['ledger/no-credentials', { status: 400, code: 'ExpiredToken' }],
    ['ledger/wrong-region', { status: 301, code: 'PermanentRedirect' }],
    ['ledger/wrong-region', { status: 400, code: 'AuthorizationHeaderMalformed' }],
    ['ledger/store-failed', { status: 400, code: 'InvalidRequest' }],
    ['ledger/store-failed', { status: 501, code: 'NotImplemented' }],
  ])('is %s for %j', async (code, wrong) => {
    const ledger = await answering(wrong)
    const problems = [
      await problemOf(ledger.read('lock')),
      await problemOf(ledger.update('lock', () => full.lock)),
      await problemOf(ledger.journal.append('r', entries)),
      await problemOf(ledger.records.write('run', 'r', '{}')),
      await problemOf(ledger.records.list('run')),
    ]
    expect(problems.map(problem => problem?.code)).toEqual(problems.map(() => code))
    const words = JSON.stringify(problems.map(problem => [problem, problem && wordsOf(problem)]))
    expect(words).not.toContain('secret')
    expect(words).toContain('s3://bucket/prefix/')
  })

  it('is told with the clock where that is wrong', async () => {
    const ledger = await answering({ status: 403, code: 'RequestTimeTooSkewed' })
    expect(await codeOf(ledger.read('lock'))).toBe('ledger/clock-skew')
  })

  it('names the operation, the permissions and what was not done', async () => {
    const ledger = await answering({ status: 403, code: 'AccessDenied' })
    const problem = await problemOf(ledger.records.write('run', 'r', '{}'))
    expect(problem && wordsOf(problem)).toEqual({
      summary: 'cannot write the ledger’s `s3://bucket/prefix/runs/r.json` (403 AccessDenied): permission denied',
      hint: 'the ledger needs s3:GetObject and s3:PutObject on its objects and s3:ListBucket on the bucket. Nothing was recorded by this',
    })
  })
})

describe('a server that is not there', () => {
  it('is said to give no answer, and nothing to be recorded', async () => {
    const ledger = ledgerAt('http://127.0.0.1:1')
    expect(await problemOf(ledger.read('lock'))).toMatchObject({
      code: 'ledger/unreachable',
      facts: { name: 'ECONNREFUSED', recorded: 'no' },
    })
  })

  it('is not asked where there are no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined)
    const { endpoint, requests } = await fakeS3(() => undefined)
    expect(await problemOf(ledgerAt(endpoint).records.write('run', 'r', '{}'))).toMatchObject({
      code: 'ledger/no-credentials',
      facts: { recorded: 'no' },
    })
    expect(requests).toEqual([])
  })

  it('is not asked where no region is known', async () => {
    vi.stubEnv('AWS_REGION', undefined)
    expect(await codeOf(ledgerAt(undefined).read('lock'))).toBe('ledger/no-region')
  })

  it.each([
    'http://ledger.example',
    'http://localhost.example',
    'ftp://127.0.0.1',
    'ledger',
    'http://user:secret@10.0.0.1/x',
  ])('is not asked as %s', async endpoint => {
    const problem = await problemOf(ledgerAt(endpoint).read('lock'))
    expect(problem?.code).toBe('ledger/bad-endpoint')
    expect(JSON.stringify(problem)).not.toContain('secret')
  })

  it('needs the SDK, and says how to get it', async () => {
    const missing = () => Promise.reject(Object.assign(new Error(), { code: 'ERR_MODULE_NOT_FOUND' }))
    const problem = await problemOf(s3Client({}, missing))
    expect(problem?.code).toBe('ledger/no-sdk')
    expect(problem && wordsOf(problem).hint).toContain('npm install @aws-sdk/client-s3')
  })
})

describe('an update of a ledger in S3', () => {
  const key = 'prefix/bindings.json'
  const put = (faults: readonly (S3Fault | undefined)[]) =>
    fakeS3((method, path, count) => (method === 'PUT' && path === key ? faults[count - 1] : undefined))
  const count = async (endpoint: string) => {
    const ledger = ledgerAt(endpoint)
    await ledger.update('bindings', before => ({ policies: { n: String(Number(before?.policies['n'] ?? 0) + 1) } }))
    return ledger.read('bindings')
  }

  it.each<readonly [string, readonly (S3Fault | undefined)[]]>([
    ['whose answer is lost', ['reset-after']],
    ['whose answer is lost again and again', ['reset-after', 'reset-before', 'reset-before', 'reset-before']],
    ['that gets lost', ['reset-before', 'reset-before']],
    ['that meets a fault of the server', [{ status: 500 }, { status: 503, code: 'SlowDown' }]],
    [
      'that meets another one',
      [
        { status: 409, code: 'ConditionalRequestConflict' },
        { status: 412, code: 'PreconditionFailed' },
      ],
    ],
  ])('%s is done once', async (_, faults) => {
    const { endpoint } = await put(faults)
    expect(await count(endpoint)).toEqual({ policies: { n: '1' } })
    expect(await count(endpoint)).toEqual({ policies: { n: '2' } })
  })

  it('whose object was removed meanwhile begins anew', async () => {
    const { endpoint, objects } = await fakeS3((method, path, at) => {
      if (method !== 'PUT' || path !== key || at !== 2) return undefined
      objects.delete(key)
      return { status: 404, code: 'NoSuchKey' }
    })
    await count(endpoint)
    expect(await count(endpoint)).toEqual({ policies: { n: '1' } })
  })
})
