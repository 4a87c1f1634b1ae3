import {
  domainsSchema,
  durationOr,
  durationSchema,
  emailsSchema,
  idSchema,
  nameSchema,
  namesSchema,
} from './schema-parts.ts'

/** Settings that an authentication policy has in the console (ref 5.1). Shown by no API. */
const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  description:
    'The settings of the policy. They can be set only in the console; a setting that is left out is neither compared nor changed. They hold for all Atlassian apps of the members.',
  properties: {
    singleSignOn: {
      enum: ['off', 'enforced'],
      description:
        'Single sign-on. `enforced` sends every member to the identity provider at the next sign-in; it can be set only in the directory of an identity provider and needs Atlassian Guard Standard.',
      markdownEnumDescriptions: [
        'Members sign in with their Atlassian password.',
        'Members sign in at the identity provider; password and two-step settings no longer apply to them.',
      ],
    },
    identityProvider: {
      ...nameSchema,
      description: 'The identity provider that single sign-on uses, as the Organization document names it.',
    },
    twoStepVerification: {
      enum: ['optional', 'mandatory', 'identity-provider'],
      description:
        'Two-step verification. Under enforced single sign-on it is `identity-provider`, and only there. Making it mandatory ends no session and sends no mail: people are asked at their next sign-in. Needs no Atlassian Guard Standard.',
      markdownEnumDescriptions: [
        'Members may turn it on for themselves.',
        'Members must set it up at their next sign-in.',
        'Managed by the identity provider (enforced single sign-on).',
      ],
    },
    password: {
      type: 'object',
      additionalProperties: false,
      description:
        'Password requirements. Under enforced single sign-on they do not apply: the identity provider asks for the password.',
      properties: {
        minimumStrength: {
          enum: ['weak', 'fair', 'good', 'strong', 'very-strong'],
          description:
            'Minimum password strength. People meet it when they choose a password. Needs no Atlassian Guard Standard.',
          markdownEnumDescriptions: [
            'The least that the scale asks for.',
            'More than weak.',
            'The middle of the scale.',
            'More than good.',
            'The most that the scale asks for.',
          ],
        },
        expiresAfter: {
          ...durationOr('never'),
          pattern: '^(never|[1-9][0-9]{0,5}d)$',
          'x-means': '`never`, or a number of days such as 90d',
          description:
            'Password expiration: after how many days people must choose a new password. Needs no Atlassian Guard Standard.',
        },
      },
    },
    idleSession: {
      ...durationSchema,
      description:
        'Idle session duration: after how long without activity people sign in again. Applies from the next sign-in, on the web only; nobody is signed out when it is saved.',
    },
    sessionExpiration: {
      ...durationOr('off'),
      description:
        'Session expiration: after how long people sign in again, active or not. Applies from the next sign-in, on the web only; nobody is signed out when it is saved.',
    },
    apiTokens: {
      enum: ['allow', 'block'],
      description:
        'User API tokens. A token goes around sign-in and with it around every second factor. Needs no Atlassian Guard Standard.',
      markdownEnumDescriptions: [
        'Members may create and use API tokens.',
        'Members may neither create nor use API tokens: existing ones stop working.',
      ],
    },
    apiTokenExpiration: {
      ...durationSchema,
      description: 'User API token expiration: the longest life of a new token. Needs Atlassian Guard Standard.',
    },
    thirdPartyLogin: {
      enum: ['allow', 'block'],
      description:
        'Third-party login: whether members may sign in with Google, Microsoft and others. Needs no Atlassian Guard Standard.',
      markdownEnumDescriptions: [
        'Members may sign in with an account of Google, Microsoft and others.',
        'Members sign in with Atlassian, or at the identity provider.',
      ],
    },
  },
} as const

const selectorProperties = {
  accounts: { ...emailsSchema, description: 'Accounts by email address: the strongest selector.' },
  groups: {
    ...namesSchema,
    description: 'Groups by name. Their members come from the live organization when the plan is made.',
  },
  domains: { ...domainsSchema, description: 'Every managed account of these domains.' },
  accountLists: {
    ...namesSchema,
    description: 'Documents of kind AccountList by name: what they hold counts as if it stood under `accounts`.',
  },
} as const

export const authenticationPolicySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'directory'],
  properties: {
    kind: { const: 'AuthenticationPolicy' },
    name: {
      ...nameSchema,
      description:
        'The name of the policy. Where `id` is given, another name is a renaming in the console. More than one policy needs Atlassian Guard Standard.',
    },
    id: {
      ...idSchema,
      description:
        'The id of the policy: the console shows it in the address of its page. The API knows policies only by id.',
    },
    directory: {
      ...nameSchema,
      description: 'The directory that the policy belongs to: `local`, or one that the Organization document declares.',
    },
    default: {
      type: 'boolean',
      description:
        'Default policy: new accounts of the directory land here. Each directory has one; it cannot be deleted. No API and no export shows it.',
    },
    billable: {
      type: 'boolean',
      description:
        'Whether members count for Atlassian Guard Standard. Only the default policy of the local directory can be non-billable.',
    },
    settings: settingsSchema,
    members: {
      type: 'object',
      additionalProperties: false,
      description:
        'The managed accounts that belong here. `accounts` win over `groups` over `domains` over `everyoneElse`.',
      properties: {
        ...selectorProperties,
        everyoneElse: { type: 'boolean', description: 'Every account of this directory that no policy selects.' },
        except: {
          type: 'object',
          additionalProperties: false,
          description:
            'Accounts that this policy does not claim. Weaker selectors of other policies still apply to them.',
          properties: selectorProperties,
        },
        acrossDirectories: {
          type: 'boolean',
          description: 'Claim accounts of other directories as well: they move into this one.',
        },
        priority: {
          type: 'integer',
          description: 'Which policy wins an account that two claim by group: the higher one.',
        },
        rollout: {
          type: 'object',
          additionalProperties: false,
          minProperties: 1,
          maxProperties: 1,
          'x-means': 'either `percent` or `group`',
          description:
            'Takes the claimed accounts in by stages: the others stay where they are until the stage is widened or removed. Who is in stays in.',
          properties: {
            percent: {
              type: 'number',
              minimum: 0,
              maximum: 100,
              description: 'The share of the claimed accounts. Raising it keeps those that are in.',
            },
            group: { ...nameSchema, description: 'Only members of this group.' },
          },
        },
      },
    },
  },
} as const
