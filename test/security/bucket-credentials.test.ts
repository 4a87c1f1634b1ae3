import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { marks } from './marks.ts'
import { startObjectServer, type ObjectFault, type ObjectServer } from './object-server.ts'
import { openStage, type Stage } from './stage.ts'

/** Everything that goes to a bucket, and what a bucket may answer: the secrets of AWS are only where AWS wants them. */
describe('a ledger in a bucket', () => {
  let stage: Stage
  let server: ObjectServer
  let asked = 0

  beforeAll(async () => {
    stage = await openStage()
    server = await startObjectServer(({ line, headers, body }) => {
      asked++
      const { authorization = '', 'x-amz-security-token': token, ...rest } = headers
      stage.check('the request to the bucket', `${line}\n${JSON.stringify(rest)}\n${body}`)
      // The signature names the access key, and never shows the secret one.
      stage.check('the signature', authorization, [marks.accessKey.name])
      expect(token).toBe(marks.sessionToken.text)
    })
    process.env['AWS_ENDPOINT_URL_S3'] = server.url
  })

  beforeEach(async () => {
    await stage.reset()
    server.clear()
    server.fault = undefined
  })

  afterAll(async () => {
    console.log(
      `a ledger in a bucket: ${asked} requests, ${(stage.counts.bytes / 1e6).toFixed(1)} MB searched, ${stage.leaks.length} leaks`,
    )
    await stage.close()
    await server.close()
  })

  const run = (argv: readonly string[]) => stage.run({ argv, env: { POSTERN_LEDGER: 's3://marked/acme' } })

  it('holds no secret', async () => {
    const applied = await run(['apply', 'policies', '--yes', '--verbose', '--format', 'json'])
    expect([applied.code, applied.err]).toEqual([2, expect.not.stringContaining('error[')])
    expect((await run(['drift', 'policies', '--verbose'])).code).toBe(2)
    expect((await run(['audit', '--verbose'])).code).toBe(0)
    expect(stage.leaks).toEqual([])
    expect(asked).toBeGreaterThan(20)
  })

  const xml = (code: string, echo: string): string =>
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${echo}</Message><AWSAccessKeyId>${echo}</AWSAccessKeyId><StringToSign>${echo}</StringToSign><RequestId>${echo}</RequestId></Error>`
  const token = (echo: string): string => echo.split(' ').at(-1) ?? ''
  const faults: readonly (readonly [string, ObjectFault])[] = [
    ['credentials that do not hold', { status: 403, body: echo => xml('SignatureDoesNotMatch', echo) }],
    ['credentials that ended', { status: 400, body: echo => xml('ExpiredToken', echo) }],
    [
      'no permission',
      { status: 403, body: echo => xml('AccessDenied', echo), headers: echo => ({ 'x-amz-request-id': token(echo) }) },
    ],
    ['a code that is the token', { status: 400, body: echo => xml(token(echo), echo) }],
    ['a fault of the server', { status: 500, body: echo => xml('InternalError', echo) }],
    [
      'another region',
      {
        status: 301,
        body: echo => xml('PermanentRedirect', echo),
        headers: echo => ({ location: `http://127.0.0.2:59999/?${token(echo)}` }),
      },
    ],
    [
      'a redirect to another host',
      {
        status: 307,
        body: echo => xml('TemporaryRedirect', echo),
        headers: () => ({ location: 'http://127.0.0.2:59999/' }),
      },
    ],
    ['a page', { status: 200, body: echo => `<html>${echo}</html>` }],
    ['a page with a refusal', { status: 403, body: echo => `<html>${echo}</html>` }],
    ['a reset', 'reset'],
  ]
  it.each(faults)('leaks nothing under %s', async (_, fault) => {
    server.fault = fault
    for (const argv of [
      ['plan', 'policies', '--verbose'],
      ['apply', 'policies', '--yes', '--format', 'json', '--verbose'],
      ['audit'],
      ['unlock', '--yes'],
    ]) {
      const { code, out, err } = await run(argv)
      expect([code, out + err]).toEqual([1, expect.not.stringContaining('run/internal')])
    }
    expect(stage.leaks).toEqual([])
  })
})
