import type { FromSchema } from 'json-schema-to-ts'
import type { Kind } from './contract.ts'
import { dateSchema, emailSchema, nameSchema } from './schema-parts.ts'

export const exceptionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'owner', 'reason', 'expires'],
  properties: {
    kind: { const: 'Exception' },
    name: { ...nameSchema, description: 'A name for the exception.' },
    account: { ...emailSchema, description: 'The account that is excepted from the requirement.' },
    requirement: { ...nameSchema, description: 'The CoverageRequirement that the account need not meet.' },
    difference: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'name', 'path'],
      description: 'The one difference that drift does not report.',
      properties: {
        kind: {
          enum: ['AuthenticationPolicy', 'ExternalUserPolicy', 'IpAllowlist'],
          description: 'The kind of the object.',
          markdownEnumDescriptions: [
            'A policy for managed accounts.',
            'A policy for external users.',
            'An allowlist of addresses.',
          ],
        },
        name: { ...nameSchema, description: 'The name of the object.' },
        path: { type: 'string', minLength: 1, description: 'The field, such as settings.idleSession.' },
        account: { ...emailSchema, description: 'The account, where the difference is about one.' },
      },
    },
    owner: { ...emailSchema, description: 'Who answers for the exception.' },
    reason: { type: 'string', minLength: 1, description: 'Why it is needed.' },
    ticket: { type: 'string', minLength: 1, description: 'Where it is tracked.' },
    expires: { ...dateSchema, description: 'The last day (UTC) on which it counts. Past that day it is an error.' },
  },
} as const

export type Exception = FromSchema<typeof exceptionSchema>

export const exception: Kind<Exception> = {
  name: 'Exception',
  summary: 'A requirement that one account need not meet, or one difference that drift does not report, until a day.',
  schema: exceptionSchema,
  fields: {},
  declares: () => [],
  references: ({ requirement, difference }) => [
    ...(requirement === undefined
      ? []
      : [{ path: ['requirement'], to: { kind: 'CoverageRequirement', name: requirement } }]),
    ...(difference === undefined
      ? []
      : [{ path: ['difference', 'name'], to: { kind: difference.kind, name: difference.name } }]),
  ],
}
