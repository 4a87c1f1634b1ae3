import type { FromSchema } from 'json-schema-to-ts'
import type { Kind } from './contract.ts'
import { emailsSchema, nameSchema } from './schema-parts.ts'

export const accountListSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'accounts'],
  properties: {
    kind: { const: 'AccountList' },
    name: { ...nameSchema, description: 'A name for the list: policies refer to it under `accountLists`.' },
    accounts: {
      ...emailsSchema,
      description: 'The accounts by email address. They count as if they stood in each policy that names the list.',
    },
  },
} as const

export type AccountList = FromSchema<typeof accountListSchema>

export const accountList: Kind<AccountList> = {
  name: 'AccountList',
  summary: 'Accounts that authentication policies name as one, so that a long list has a file of its own.',
  schema: accountListSchema,
  // It is no object of the organization: what the list holds counts as members of the policies that name it.
  fields: {},
  declares: () => [],
  references: () => [],
}
