import { spawn } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, it, onTestFinished } from 'vitest'
import { archiveOf } from '../../src/construct/aws/code.ts'
import { currentKey, documentsKey } from '../../src/lambda/places.ts'
import { simulate } from '../../src/simulator/index.ts'
import { policiesFolder, temporaryFolder } from '../operations/start.ts'
import { archive, commit } from './lambda-world.ts'
import { startObjectStore } from './object-store.ts'

/** What is uploaded, unpacked beside the packages of the Lambda runtime. */
async function unpacked(): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, bytes] of Object.entries(unzipSync(archiveOf(resolve('dist')))))
    writeFileSync(join(folder, name), bytes)
  const secrets = join(folder, 'node_modules/@aws-sdk/client-secrets-manager')
  mkdirSync(secrets, { recursive: true })
  symlinkSync(resolve('node_modules/@aws-sdk/client-s3'), join(dirname(secrets), 'client-s3'), 'junction')
  // The package is not installed here: as much of it as is called.
  writeFileSync(
    join(secrets, 'index.js'),
    `exports.GetSecretValueCommand = class { constructor(input) { this.input = input } }
     exports.SecretsManagerClient = class {
       async send({ input }) {
         if (input.SecretId === 'postern/key') return { SecretString: process.env.FAKE_SECRET }
         throw Object.assign(new Error('of no interest'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } })
       }
     }`,
  )
  return folder
}

interface Ended {
  readonly result: Readonly<Record<string, unknown>>
  readonly text: string
}

/** Calls one function of what was uploaded, in a process of its own. */
async function call(folder: string, name: string, event: unknown, env: NodeJS.ProcessEnv): Promise<Ended> {
  const script = `require('./index.cjs').${name}(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 120000 })
    .catch(error => ({ error: error.message, stack: error.stack }))
    .then(result => console.log('RESULT' + JSON.stringify(result)))`
  const child = spawn(process.execPath, ['-e', script], { cwd: folder, env: { ...process.env, ...env } })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await new Promise(ended => child.once('close', ended))
  const result = JSON.parse(text.split('RESULT').at(-1) ?? '{}') as Ended['result']
  return { result, text }
}

it('what is uploaded applies and checks over real sockets, with its ledger in the bucket, and shows no key', async () => {
  const [store, simulator, folder] = await Promise.all([startObjectStore(), simulate({}), unpacked()])
  onTestFinished(async () => {
    await Promise.all([store.close(), simulator.close()])
  })
  store.put(documentsKey(commit), Buffer.from(archive({ policies: policiesFolder })))
  const env = {
    POSTERN_BUCKET: 'acme-postern',
    POSTERN_SECRET: 'postern/key',
    POSTERN_API_URL: simulator.url,
    FAKE_SECRET: simulator.apiKey,
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_ACCESS_KEY_ID: 'sample',
    AWS_SECRET_ACCESS_KEY: 'sample',
    AWS_REGION: 'eu-central-1',
  }
  const applied = await call(folder, 'apply', { commit, author: 'alice-gh' }, env)
  expect(applied.result).toMatchObject({ job: 'apply', result: 'pending', commit })
  const checked = await call(folder, 'drift', {}, env)
  expect(checked.result).toMatchObject({ job: 'drift', complete: true, commit })
  expect(checked.text).toMatch(/^\{"_aws":.*"CompleteCheck":1/m)
  const keys = store.keys()
  expect(keys).toContain(currentKey)
  expect(keys.filter(key => key.startsWith('ledger/')).length).toBeGreaterThan(2)
  expect(keys.filter(key => /^reports\/(apply|drift)\/.*\.html$/.test(key))).toHaveLength(2)

  const refused = await call(folder, 'drift', {}, { ...env, POSTERN_SECRET: 'postern/other' })
  expect(refused.result['error']).toBe(
    'drift failed: [aws/refused] secretsmanager:GetSecretValue of postern/other failed: AccessDeniedException (HTTP 400); the organization was not looked at (the role of this function must be allowed secretsmanager:GetSecretValue on it, and the key that encrypts it must be usable)',
  )
  store.refused.add('reports/')
  const unreported = await call(folder, 'drift', {}, env)
  expect(unreported.result['error']).toContain('[aws/refused] s3:PutObject of s3://acme-postern/reports/drift/')
  const everything = [applied, checked, refused, unreported].map(({ text }) => text).join('') + store.text()
  expect(everything).not.toContain(simulator.apiKey)
}, 60_000)
