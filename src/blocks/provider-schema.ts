import { documentAttributes } from './document-attributes.ts'
import type { Attribute, Schema } from './schema.ts'

const text = (description: string, more: Partial<Attribute> = {}): Attribute => ({
  description,
  type: 'string',
  optional: true,
  ...more,
})

/** What the provider takes. */
export const providerSchema: Schema = {
  version: 0,
  description:
    'Authentication policies, external user policies, IP allowlists and their members in an Atlassian organization: the documents of Postern as Terraform resources, with the same checks, guards and evidence. Terraform never creates an authentication policy and never sets one in the console: those are steps for a person, and an apply that needs one says which.',
  attributes: {
    organization_id: text(
      'The organization id: admin.atlassian.com shows it in the address bar, after `/o/`. Not needed with `organization_document`.',
    ),
    api_key: text('Organization API key. Better left out: then it is read from `POSTERN_API_KEY`.', {
      sensitive: true,
    }),
    api_url: text('Stands for `https://api.atlassian.com`. From `POSTERN_API_URL` where it is left out.'),
    console_url: text(
      'Stands for `https://admin.atlassian.com` in links. From `POSTERN_CONSOLE_URL` where it is left out.',
    ),
    ledger: text(
      'Where evidence, what was last applied and the journal are kept: a folder, or `s3://bucket/prefix`. From `POSTERN_LEDGER`, else `.postern`, where it is left out. It is the ledger of the `postern` command: both can work on one organization.',
    ),
    allow: {
      description: 'Codes of guards that are lifted for this run, such as `too-many-moves`.',
      type: { set: 'string' },
      optional: true,
    },
    plans: text(
      'A folder in which plans that wait for approvals are saved, for `postern approve`: they name people, and only their owner can read them. From `POSTERN_PLANS` where it is left out; with neither none is saved.',
    ),
    author: text('Who made the change, as the CI system names them: nobody approves a plan of their own.'),
    by: text('Who carries it out, as the journal will name them.'),
    organization: {
      description:
        'The organization: domains, directories, identity providers, and the limits that Postern keeps. Either this or `organization_document`.',
      nested: { nesting: 'single', attributes: documentAttributes.Organization },
      optional: true,
    },
    organization_document: text(
      'The Organization document as YAML, such as `file("policies/organization.yaml")`. Either this or `organization`.',
    ),
  },
}
