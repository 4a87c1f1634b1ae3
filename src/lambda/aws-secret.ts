import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject } from '../model/json.ts'
import type { LambdaWorld } from './contract.ts'
import { refused } from './refused.ts'

/** As much of the SDK's client as is used here. */
export interface SecretsSdk {
  readonly SecretsManagerClient: new (settings: { readonly maxAttempts: number }) => {
    send(command: object): Promise<{ readonly SecretString?: string }>
  }
  readonly GetSecretValueCommand: new (input: { readonly SecretId: string }) => object
}

/** Names of errors that are repeated in a message; any other could hold what a server wants to be shown. */
const known = new Set([
  'AccessDeniedException',
  'DecryptionFailure',
  'ExpiredTokenException',
  'InternalServiceError',
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TimeoutError',
  'UnrecognizedClientException',
])

// Named by a variable: it is in the Lambda runtime, not among the packages here.
const packageName = '@aws-sdk/client-secrets-manager'
const loadSdk = async (): Promise<SecretsSdk> => (await import(packageName)) as SecretsSdk

/** Reads secrets from Secrets Manager. One without a value, or that is not there, has none. */
export function awsSecret(load: () => Promise<SecretsSdk> = loadSdk): LambdaWorld['secret'] {
  return async (SecretId, undone): Promise<Outcome<string | undefined>> => {
    try {
      const { SecretsManagerClient, GetSecretValueCommand } = await load()
      const client = new SecretsManagerClient({ maxAttempts: 4 })
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }))
      return outcome(SecretString, [])
    } catch (error) {
      const { name, status, isEmpty } = failureOf(error)
      if (isEmpty) return outcome(undefined, [])
      return refused({
        operation: 'secretsmanager:GetSecretValue',
        resource: SecretId,
        name,
        undone,
        ...(status !== undefined && { status }),
      })
    }
  }
}

function failureOf(error: unknown) {
  const { name, $metadata } = (error ?? {}) as Readonly<Record<string, unknown>>
  const status = isObject($metadata) ? $metadata['httpStatusCode'] : undefined
  return {
    name: typeof name === 'string' && known.has(name) ? name : 'Error',
    status: typeof status === 'number' ? status : undefined,
    // One name for two causes, no such secret and one without a value, which only the message tells apart.
    isEmpty: name === 'ResourceNotFoundException',
  }
}
