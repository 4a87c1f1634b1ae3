import { checkReferences } from './scenario-references.ts'
import {
  anyObject,
  boolean,
  durationOr,
  email,
  listOf,
  matching,
  moment,
  nullOr,
  object,
  oneOf,
  text,
} from './json-check.ts'
import type { Scenario } from './scenario.ts'
import { passwordStrengths } from './settings.ts'

const organization = object({ id: text, name: text })

const settings = object(
  {},
  {
    singleSignOn: oneOf('off', 'enforced'),
    identityProvider: text,
    twoStepVerification: oneOf('optional', 'mandatory', 'identity-provider'),
    password: object({}, { minimumStrength: oneOf(...passwordStrengths), expiresAfter: durationOr('never') }),
    idleSession: durationOr(),
    sessionExpiration: durationOr('off'),
    apiTokens: oneOf('allow', 'block'),
    apiTokenExpiration: durationOr(),
    thirdPartyLogin: oneOf('allow', 'block'),
  },
)

const externalSettings = object(
  {},
  {
    authorizationMethod: oneOf('none', 'one-time-passcode', 'single-sign-on'),
    identityProvider: text,
    sessionDuration: durationOr(),
    apiTokens: oneOf('allow', 'block'),
    billable: boolean,
  },
)

const account = object(
  { email },
  {
    id: matching(/^[a-zA-Z0-9_|:-]{1,128}$/, 'an account id'),
    name: text,
    managed: boolean,
    accountStatus: oneOf('active', 'inactive', 'closed'),
    membershipStatus: oneOf('active', 'suspended', 'no_membership'),
    accountType: oneOf('atlassian', 'app', 'customer'),
    policy: text,
    groups: listOf(text),
    platformRoles: listOf(text),
    products: listOf(text),
    mfaEnabled: boolean,
    lastActive: nullOr(moment),
    addedToOrg: moment,
    tokens: listOf(object({ label: text }, { id: text, status: oneOf('ALLOWED', 'BLOCKED'), expiresAt: moment })),
  },
)

const controlPolicy = { id: text, status: text, resources: listOf(text) }

const scenario = object(
  { organization },
  {
    otherOrganizations: listOf(organization),
    guard: boolean,
    domains: listOf(
      object(
        { name: text },
        {
          claim: object(
            {},
            {
              type: oneOf('dns', 'http'),
              status: oneOf('verified', 'deleted', 'unverified', 'superseded', 'missing_token'),
            },
          ),
        },
      ),
    ),
    directories: listOf(object({ name: text }, { id: text, identityProvider: text })),
    authenticationPolicies: listOf(
      object({ name: text }, { id: text, directory: text, default: boolean, billable: boolean, settings }),
    ),
    externalUserPolicies: object(
      {},
      {
        external: object({}, { settings: externalSettings }),
        test: object({}, { settings: externalSettings, testUsers: listOf(email) }),
      },
    ),
    groups: listOf(object({ name: text }, { id: text, directory: text, externalSynced: boolean })),
    accounts: listOf(account),
    ipAllowlists: listOf(object({ name: text, rule: anyObject }, controlPolicy)),
    controlPolicies: listOf(object({ name: text, type: text, rule: anyObject }, controlPolicy)),
    sites: listOf(object({ id: text, name: text })),
    apiKeys: listOf(
      object({}, { key: text, label: text, scopes: listOf(text), expiresAt: moment, owner: email, revoked: boolean }),
    ),
  },
)

/**
 * The scenario in a JSON value, such as a file holds. Throws an Error whose message names the path of the first thing that is
 * wrong: a member that is unknown, missing or of the wrong form, a name that nothing bears, or one that two things bear.
 */
export function parseScenario(json: unknown): Scenario {
  scenario(json, '')
  checkReferences(json as Scenario)
  return json as Scenario
}
