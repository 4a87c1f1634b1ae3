import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { awsSecret, type SecretsSdk } from '../../src/lambda/aws-secret.ts'

/** An SDK whose client does this with every request. */
const sdk = (send: () => Promise<{ SecretString?: string }>): (() => Promise<SecretsSdk>) => {
  const made = {
    GetSecretValueCommand: class {
      readonly input: unknown
      constructor(input: unknown) {
        this.input = input
      }
    },
    SecretsManagerClient: class {
      send = send
    },
  }
  return () => Promise.resolve(made)
}

const failing = (name: string, status?: number, message = 'mark-of-the-server') =>
  sdk(() => Promise.reject(Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } })))
const read = (load: () => Promise<SecretsSdk>) => awsSecret(load)('postern/read-key', 'nothing was done')

describe('a secret', () => {
  it('is its text', async () => {
    expect(await read(sdk(() => Promise.resolve({ SecretString: 'text' })))).toMatchObject({ ok: true, value: 'text' })
  })

  it('that is not there or has no value is none', async () => {
    expect(await read(failing('ResourceNotFoundException', 400))).toMatchObject({ ok: true, value: undefined })
    expect(await read(sdk(() => Promise.resolve({})))).toMatchObject({ ok: true, value: undefined })
  })

  it.each([
    ['AccessDeniedException', 400, 'AccessDeniedException (HTTP 400)', /the role of this function must be allowed/],
    ['DecryptionFailure', 400, 'DecryptionFailure (HTTP 400)', /try again/],
    ['TimeoutError', undefined, 'TimeoutError', /try again/],
    // A name that is not known could be anything that a server wants to be shown.
    ['\u001b[31mmark-of-the-server', 500, 'Error (HTTP 500)', /try again/],
  ] as const)(
    'that is refused with %j names the operation and never the text of the answer',
    async (name, status, told, hint) => {
      const { ok, diagnostics } = await read(failing(name, status))
      const [words] = diagnostics.map(wordsOf)
      expect(ok).toBe(false)
      expect(words?.summary).toBe(`secretsmanager:GetSecretValue of postern/read-key failed: ${told}; nothing was done`)
      expect(words?.hint).toMatch(hint)
      expect(JSON.stringify(words)).not.toContain('mark-of-the-server')
    },
  )
})
