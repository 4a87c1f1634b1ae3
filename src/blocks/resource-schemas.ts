import { kindNamed } from '../kinds/index.ts'
import { authenticationPolicySchema } from '../kinds/authentication-policy-schema.ts'
import { describe } from './describe.ts'
import { documentAttributes, memberAttributes, type ResourceType } from './document-attributes.ts'
import type { Attribute, Schema } from './schema.ts'

const document = (of: string): Attribute => ({
  description: `${of} as JSON, as its configuration says it: the text of the document, its members sorted. It is known when the plan is made.`,
  type: 'string',
  computed: true,
})

/** The console is where these objects are made and set: said in every page. */
const byEvidence =
  'No API shows or sets this: each setting is a step in the console, and evidence of it (`postern observe`, `postern attest`) is what Postern goes by. Where evidence is missing, or shows another value, apply fails, and the error holds the console step.'

/** The resources, as Terraform takes and keeps them. */
export const resourceSchemas: Readonly<Record<ResourceType, Schema>> = {
  postern_authentication_policy: {
    version: 0,
    description: `An authentication policy that exists: ${lowered(kindNamed('AuthenticationPolicy').summary)} Creating a policy is a step in the console, so the resource adopts the policy that has this \`id\` or \`name\`. ${byEvidence} Who its members are says \`postern_membership\`.`,
    attributes: {
      ...documentAttributes.AuthenticationPolicy,
      id: {
        description: `${describe(authenticationPolicySchema.properties.id)} Found by name where it is left out.`,
        type: 'string',
        optional: true,
        computed: true,
      },
      document: document('The policy'),
    },
  },
  postern_external_user_policy: {
    version: 0,
    description: `${kindNamed('ExternalUserPolicy').summary} Both policies are always there, so nothing is created. ${byEvidence} What \`access\` says is Postern’s own.`,
    attributes: {
      ...documentAttributes.ExternalUserPolicy,
      id: { description: 'The name of the policy.', type: 'string', computed: true },
      suspended: {
        description:
          'The email addresses of the accounts whose access the rules under `access` took, as the ledger knows them, and in a plan as they will be. An apply gives access back to these alone.',
        type: { set: 'string' },
        computed: true,
      },
      document: document('The policy'),
    },
  },
  postern_ip_allowlist: {
    version: 0,
    description: `${kindNamed('IpAllowlist').summary} Created, changed and deleted through the API. An allowlist of that name that is there already is adopted; another \`name\` replaces it.`,
    attributes: {
      ...documentAttributes.IpAllowlist,
      id: { description: 'The id of the allowlist.', type: 'string', computed: true },
      document: document('The allowlist'),
    },
  },
  postern_membership: {
    version: 0,
    description:
      'Which authentication policy each managed account is in, for the whole organization: a configuration has one such resource. Only all policies together show which of them gets an account, how many accounts move and whether somebody would be locked out. Accounts are moved through the API; destroying the resource leaves them where they are.',
    attributes: {
      id: { description: 'The organization id.', type: 'string', computed: true },
      policies: {
        description: 'The authentication policies by name.',
        required: true,
        nested: {
          nesting: 'map',
          attributes: {
            policy: {
              description: 'The policy: `document` of its `postern_authentication_policy`.',
              type: 'string',
              required: true,
            },
            members: {
              description:
                'The managed accounts that belong here. `accounts` win over `groups` over `domains` over `everyone_else`.',
              nested: { nesting: 'single', attributes: memberAttributes },
              optional: true,
            },
          },
        },
      },
      coverage_requirements: {
        description: `By name: ${lowered(kindNamed('CoverageRequirement').summary)}`,
        nested: { nesting: 'map', attributes: documentAttributes.CoverageRequirement },
        optional: true,
      },
      exceptions: {
        description: `By name: ${lowered(kindNamed('Exception').summary)}`,
        nested: { nesting: 'map', attributes: documentAttributes.Exception },
        optional: true,
      },
      accounts: {
        description:
          'The email addresses of the accounts in each of the policies, by its name: as they are, and in a plan as they will be.',
        type: { map: { set: 'string' } },
        computed: true,
      },
    },
  },
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
