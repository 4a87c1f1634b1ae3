import { computed } from './computed.ts'
import { documentAttributes } from './document-attributes.ts'
import { resourceSchemas } from './resource-schemas.ts'
import type { Attribute, AttributeType, Attributes, NestedType, Schema } from './schema.ts'

/** The data sources that Terraform knows. */
export type DataSourceType = 'postern_accounts' | 'postern_coverage' | 'postern_organization' | 'postern_policy_folder'

const shown = (description: string, type: AttributeType = 'string'): Attribute => ({
  description,
  type,
  computed: true,
})
const asked = (description: string, type: AttributeType = 'string'): Attribute => ({
  description,
  type,
  optional: true,
})
const objects = (description: string, nesting: NestedType['nesting'], attributes: Attributes): Attribute => ({
  description,
  nested: { nesting, attributes },
  computed: true,
})

const levels: Attributes = {
  none: shown('Accounts without a second factor.', 'number'),
  optional: shown('Accounts that may use one, and need not.', 'number'),
  step_up: shown('Accounts that pass an emailed passcode, or a sign-on without a declared second factor.', 'number'),
  two_step: shown('Accounts with mandatory two-step verification.', 'number'),
  sso_mfa: shown('Accounts whose identity provider enforces a second factor.', 'number'),
}

const organization: Schema = {
  version: 0,
  description: 'The organization as the API shows it.',
  attributes: {
    id: shown('The organization id.'),
    name: shown('The name of the organization.'),
    domains: objects('Its domains, sorted by name.', 'list', {
      name: shown('The domain.'),
      status: shown('The status of its claim, as the API names it; null where it does not.'),
    }),
    directories: objects('Its directories, sorted by name.', 'list', {
      id: shown('The id of the directory.'),
      name: shown('The name of the directory.'),
      synced: shown('Whether its accounts or groups come from an identity provider.', 'bool'),
    }),
    policies: objects(
      'The authentication policies that hold an active account, sorted by id: no API lists the others.',
      'list',
      {
        id: shown('The id of the policy.'),
        name: shown('Its name, where the API, an export or the ledger tells it; else null.'),
        accounts: shown('How many active managed accounts it holds.', 'number'),
      },
    ),
  },
}

const accounts: Schema = {
  version: 0,
  description: 'The accounts of the organization, managed and external. Each filter that is given narrows the list.',
  attributes: {
    status: asked('Only accounts with this status: `active`, `suspended`, `not-in-directory` or `deactivated`.'),
    policy_id: asked('Only members of the authentication policy with this id.'),
    domain: asked('Only accounts on this domain.'),
    managed: asked('Only managed accounts, or with `false` only external ones.', 'bool'),
    accounts: objects('The accounts, sorted by email address.', 'list', {
      id: shown('The account id.'),
      email: shown('The email address; the account id where the API shows none.'),
      name: shown('The name, where the API shows it.'),
      status: shown('What the account can reach: `active`, `suspended`, `not-in-directory` or `deactivated`.'),
      managed: shown('Whether the organization manages the account.', 'bool'),
      policy_id: shown('The id of its authentication policy; null where it is in none.'),
      domain: shown('The domain of the email address, in lower case; null where there is none.'),
    }),
  },
}

const coverage: Schema = {
  version: 0,
  description:
    'The second factor that each account must pass, counted: by what current evidence shows, and by what the documents will bring. Either `documents` or `folder`; with neither only what evidence shows is counted.',
  attributes: {
    documents: asked('The documents as JSON, such as `document` of the resources.', { list: 'string' }),
    folder: asked('A policy folder with the documents.'),
    total: shown('The accounts that are counted: `managed` and `external` ones.', 'number'),
    managed: shown('The managed accounts that are counted.', 'number'),
    external: shown('The external accounts that are counted.', 'number'),
    levels: objects('The accounts by the second factor that evidence shows.', 'single', levels),
    declared_levels: objects('The accounts by the second factor that the documents will bring.', 'single', levels),
    gaps: objects('The accounts that are not covered, the most dangerous first.', 'list', {
      id: shown('The account id, where it is known.'),
      email: shown('The email address.'),
      account_class: shown('`managed` or `external`.'),
      policy: shown('The policy that holds for the account, where one does.'),
      level: shown('The second factor that it must pass.'),
      declared_level: shown('The one that the documents will bring.'),
      reason: shown('Why it is no higher.'),
      risk: shown('What makes it dangerous: `admin`, `active`, `tokens`.', { list: 'string' }),
    }),
    requirements: objects('How each coverage requirement is met, sorted by name.', 'list', {
      name: shown('The name of the requirement.'),
      met: shown('Whether it is met.', 'bool'),
      percent: shown('How much of the population meets it.', 'number'),
      required: shown('How much must.', 'number'),
      severity: shown('What it is if it is not met: `error`, `warning` or `note`.'),
      population: shown('How many accounts it is about.', 'number'),
      meeting: shown('How many of them meet it.', 'number'),
    }),
  },
}

/** What a configuration says of the membership. */
const membership: Attributes = Object.fromEntries(
  Object.entries(resourceSchemas.postern_membership.attributes).filter(([, attribute]) => attribute.computed !== true),
)

const policyFolder: Schema = {
  version: 0,
  description:
    'A folder of policy documents in YAML, checked as `postern validate` does, as values for the resources. Nothing is read of the organization.',
  attributes: {
    path: {
      description: 'The folder; a relative one starts at the working directory.',
      type: 'string',
      required: true,
    },
    documents: shown(
      'The documents as JSON, sorted by kind and name. What account lists hold stands in the policies.',
      {
        list: 'string',
      },
    ),
    desired_digest: shown('The digest of the documents: the `desiredDigest` of a plan made from the folder.'),
    organization_id: shown('The organization id.'),
    organization: objects(
      'The Organization document, as the provider takes it.',
      'single',
      computed(documentAttributes.Organization),
    ),
    authentication_policies: objects(
      'By name: what a `postern_authentication_policy` takes.',
      'map',
      computed(documentAttributes.AuthenticationPolicy),
    ),
    external_user_policies: objects(
      'By name: what a `postern_external_user_policy` takes.',
      'map',
      computed(documentAttributes.ExternalUserPolicy),
    ),
    ip_allowlists: objects(
      'By name: what a `postern_ip_allowlist` takes.',
      'map',
      computed(documentAttributes.IpAllowlist),
    ),
    membership: objects('What the `postern_membership` takes.', 'single', computed(membership)),
  },
}

/** The data sources, as Terraform takes and shows them. */
export const dataSourceSchemas: Readonly<Record<DataSourceType, Schema>> = {
  postern_accounts: accounts,
  postern_coverage: coverage,
  postern_organization: organization,
  postern_policy_folder: policyFolder,
}
