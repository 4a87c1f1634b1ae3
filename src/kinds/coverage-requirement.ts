import type { FromSchema } from 'json-schema-to-ts'
import type { Kind } from './contract.ts'
import { domainsSchema, nameSchema, namesSchema } from './schema-parts.ts'

export const coverageRequirementSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'population', 'atLeast'],
  properties: {
    kind: { const: 'CoverageRequirement' },
    name: { ...nameSchema, description: 'A name for the requirement: reports show it, exceptions refer to it.' },
    population: {
      type: 'object',
      additionalProperties: false,
      description: 'The accounts that must meet it. What is left out does not narrow.',
      properties: {
        accounts: {
          type: 'array',
          items: {
            enum: ['managed', 'external'],
            markdownEnumDescriptions: [
              'Accounts that the organization manages: on its claimed domains.',
              'Accounts on domains that it does not own.',
            ],
          },
          description: 'Managed accounts, external ones, or both.',
        },
        roles: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Accounts with one of these roles, such as atlassian/org-admin.',
        },
        domains: { ...domainsSchema, description: 'Accounts on these domains.' },
        policies: { ...namesSchema, description: 'Members of these authentication policies.' },
      },
    },
    atLeast: {
      enum: ['none', 'optional', 'step-up', 'two-step', 'sso-mfa'],
      description: 'The weakest second factor that is enough.',
      markdownEnumDescriptions: [
        'No second factor.',
        'Two-step verification is on, but nobody asks for it.',
        'An emailed passcode, or single sign-on without a declared second factor (external users).',
        'Mandatory two-step verification.',
        'Enforced single sign-on with an identity provider that enforces a second factor.',
      ],
    },
    tokens: {
      enum: ['ignore', 'live', 'possible'],
      description: 'How API tokens count, which go around sign-in. What is left out counts as `live`.',
      markdownEnumDescriptions: [
        'Tokens do not count.',
        'An account with a live token that its policy allows does not meet it.',
        'An account whose policy allows tokens does not meet it, whether it has one or not.',
      ],
    },
    minimumPercent: {
      type: 'number',
      minimum: 0,
      maximum: 100,
      description: 'How much of the population must meet it.',
    },
    severity: {
      enum: ['error', 'warning', 'note'],
      description: 'What an unmet requirement is. What is left out counts as `error`.',
      markdownEnumDescriptions: [
        'An error: `postern coverage --check` fails.',
        'A warning: it is reported, and fails nothing.',
        'A note: it is mentioned.',
      ],
    },
  },
} as const

export type CoverageRequirement = FromSchema<typeof coverageRequirementSchema>

export const coverageRequirement: Kind<CoverageRequirement> = {
  name: 'CoverageRequirement',
  summary: 'The second factor that a population must have to pass.',
  schema: coverageRequirementSchema,
  fields: {},
  declares: () => [],
  references: ({ population }) =>
    (population?.policies ?? []).map((name, index) => ({
      path: ['population', 'policies', index],
      to: { kind: 'AuthenticationPolicy', name },
    })),
}
