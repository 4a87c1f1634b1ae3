import type { FromSchema } from 'json-schema-to-ts'
import type { Kind } from './contract.ts'
import {
  countSchema,
  dateSchema,
  domainsSchema,
  durationSchema,
  emailSchema,
  idSchema,
  momentSchema,
  nameSchema,
} from './schema-parts.ts'

const thresholdSchema = (percent: number, atLeast: number) =>
  ({
    type: 'object',
    additionalProperties: false,
    properties: {
      percent: {
        type: 'number',
        minimum: 0,
        maximum: 100,
        default: percent,
        description: 'Percent of the accounts concerned above which the guard blocks.',
      },
      atLeast: {
        ...countSchema,
        default: atLeast,
        description: 'The guard never blocks below this number of accounts.',
      },
    },
  }) as const

export const organizationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'id'],
  properties: {
    kind: { const: 'Organization' },
    name: {
      ...nameSchema,
      description: 'A short name for the organization in messages. Not compared with the live name.',
    },
    id: {
      ...idSchema,
      description: 'The organization id: admin.atlassian.com shows it in the address bar, after `/o/`.',
    },
    domains: {
      ...domainsSchema,
      description:
        'Domains that the organization has verified and claimed. Checked against the live organization, never changed.',
    },
    identityProviders: {
      type: 'array',
      description:
        'What no API shows of the identity providers. These are declarations: they expire like other evidence.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { ...nameSchema, description: 'A name for the identity provider, used by directories and policies.' },
          protocol: {
            enum: ['saml', 'google-workspace'],
            description: 'How the identity provider is connected.',
            markdownEnumDescriptions: ['A SAML connection, with a certificate that ends.', 'Google Workspace.'],
          },
          enforcesMfa: {
            type: 'boolean',
            description:
              'Whether the identity provider asks everybody for a second factor. Only then does enforced single sign-on count as one.',
          },
          declaredAt: {
            ...dateSchema,
            description: 'The day somebody last checked this declaration at the identity provider.',
          },
          certificateExpires: {
            ...dateSchema,
            description: 'The day the signing certificate of the SAML connection ends.',
          },
        },
      },
    },
    directories: {
      type: 'array',
      description: 'The directories of the organization. `local` is built in.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { ...nameSchema, description: 'The name of the directory in Atlassian Administration.' },
          identityProvider: {
            ...nameSchema,
            description:
              'The identity provider that fills the directory. Single sign-on can be enforced only in such a directory.',
          },
        },
      },
    },
    breakGlass: {
      type: 'array',
      description: 'Accounts that must be able to sign in when single sign-on is broken. Postern never locks them out.',
      items: {
        type: ['string', 'object'],
        format: 'email',
        'x-means': 'an email address, or an account with its mailbox',
        additionalProperties: false,
        required: ['account'],
        properties: {
          account: { ...emailSchema, description: 'The account.' },
          mailbox: {
            enum: ['independent', 'dependent'],
            description:
              'Whether its mail can be read while the identity provider is broken: a passcode comes by mail.',
            markdownEnumDescriptions: [
              'Its mail can be read without the identity provider.',
              'Its mail is behind the identity provider, and out of reach with it.',
            ],
          },
        },
      },
    },
    runner: {
      type: 'object',
      description: 'What cannot be found out about where Postern runs.',
      additionalProperties: false,
      properties: {
        keyOwner: {
          ...emailSchema,
          description: 'The admin who created the API key: it acts with this account’s rights.',
        },
        keyLabel: {
          type: 'string',
          minLength: 1,
          description: 'The label of the API key in Atlassian Administration.',
        },
        addresses: {
          type: 'array',
          items: { type: 'string' },
          description: 'Addresses or ranges (CIDR) that the runner calls from.',
        },
      },
    },
    guards: {
      type: 'object',
      description: 'Thresholds of the guards. What is left out has the default.',
      additionalProperties: false,
      properties: {
        moves: { ...thresholdSchema(10, 20), description: 'When a plan moves too many accounts.' },
        suspensions: { ...thresholdSchema(5, 5), description: 'When a plan suspends too many accounts.' },
        minimumOrgAdmins: {
          ...countSchema,
          default: 2,
          description: 'The organization admins who must still be able to sign in after each step.',
        },
        planExpiresAfter: {
          ...durationSchema,
          default: '24h',
          description: 'How long a saved plan may be carried out after it was made.',
        },
        externalTestedFor: {
          ...durationSchema,
          description:
            'How long the test policy must have carried a passcode or single sign-on, with evidence, before all external users are asked for it.',
        },
      },
    },
    snapshots: {
      type: 'object',
      description: 'Whose snapshots of the organization are believed, where a job without a key plans from one.',
      additionalProperties: false,
      properties: {
        signedBy: {
          type: 'array',
          items: {
            type: 'string',
            pattern: '^ed25519:[A-Za-z0-9_-]{43}$',
            'x-means': 'a public key as `postern snapshot` names it',
          },
          description:
            'Public keys, as `postern snapshot` names the one that it signs with. A snapshot that another key signed is refused.',
        },
      },
    },
    approvals: {
      type: 'object',
      description: 'How many approvals a plan needs, and whose count.',
      additionalProperties: false,
      properties: {
        loosening: { ...countSchema, description: 'For a plan that loosens security.' },
        suspensions: { ...countSchema, description: 'For a plan that suspends accounts.' },
        everything: { ...countSchema, description: 'For every plan.' },
        expiresAfter: { ...durationSchema, default: '24h', description: 'How long an approval counts.' },
        attestations: {
          type: 'boolean',
          default: false,
          description: 'Whether an attestation counts only with a one-time code of the approver who gives it.',
        },
        approvers: {
          type: 'array',
          description: 'Who may approve. Each of them enrols once.',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name', 'email'],
            properties: {
              name: {
                type: 'string',
                pattern: '^[a-z][a-z0-9-]{0,62}$',
                'x-means': 'lower-case letters, digits and hyphens',
                description: 'The name to approve with; its secret is read from POSTERN_APPROVER_<NAME>.',
              },
              email: { ...emailSchema, description: 'The approver’s address.' },
              logins: {
                type: 'array',
                items: { type: 'string', minLength: 1 },
                description: 'The approver’s logins at the CI system: nobody approves a plan they made.',
              },
            },
          },
        },
      },
    },
    freeze: {
      type: 'array',
      description: 'Times in which nothing is applied, such as the days around a release.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'until'],
        properties: {
          from: { ...momentSchema, description: 'The first day (UTC), or the moment it begins.' },
          until: { ...momentSchema, description: 'The last day (UTC), or the moment it ends.' },
          reason: { type: 'string', minLength: 1, description: 'Why, for those who are stopped by it.' },
        },
      },
    },
    evidence: {
      type: 'object',
      description: 'What counts as evidence of the settings that no API shows.',
      additionalProperties: false,
      properties: {
        expiresAfter: {
          ...durationSchema,
          default: '90d',
          description: 'How long an export, an attestation or a declaration counts.',
        },
      },
    },
  },
} as const

export type Organization = FromSchema<typeof organizationSchema>

/** The directory that every organization has (ref 5.1). */
export const localDirectory = 'local'

export const organization: Kind<Organization> = {
  name: 'Organization',
  summary: 'One Atlassian organization: its domains, directories, identity providers, and the limits Postern keeps.',
  schema: organizationSchema,
  fields: {
    domains: { channel: 'api', label: 'Verified domains', compare: 'declared' },
  },
  declares: ({ identityProviders = [], directories = [] }) => [
    { kind: 'Directory', name: localDirectory },
    ...identityProviders.map(({ name }) => ({ kind: 'IdentityProvider', name })),
    ...directories.map(({ name }) => ({ kind: 'Directory', name })),
  ],
  references: ({ directories = [] }) =>
    directories.flatMap(({ identityProvider }, index) =>
      identityProvider === undefined
        ? []
        : [
            {
              path: ['directories', index, 'identityProvider'],
              to: { kind: 'IdentityProvider', name: identityProvider },
            },
          ],
    ),
}
