import type { KindName } from '../src/kinds/index.ts'
import type { JsonObject } from '../src/model/json.ts'

/** A text that an editor offers, with places to fill in: `${1:default}`. Each is valid as it stands. */
export interface Snippet {
  readonly label: string
  readonly description: string
  readonly body: JsonObject
}

const mandatory: JsonObject = {
  twoStepVerification: 'mandatory',
  apiTokens: '${1|block,allow|}',
  idleSession: '${2:8h}',
}

const singleSignOn: JsonObject = {
  singleSignOn: 'enforced',
  identityProvider: '${1:okta}',
  twoStepVerification: 'identity-provider',
}

const passcode: JsonObject = {
  authorizationMethod: 'one-time-passcode',
  sessionDuration: '${1:7d}',
  apiTokens: 'block',
}

/** Whole documents, offered where a document begins. */
export const documentSnippets: readonly Snippet[] = [
  {
    label: 'Organization',
    description: 'The organization: every policy folder has one such document.',
    body: {
      kind: 'Organization',
      name: '${1:acme}',
      id: '${2:96c9b91d-3eab-41b4-9d9c-09eb84db70cf}',
      domains: ['${3:acme.com}'],
    },
  },
  {
    label: 'AuthenticationPolicy: mandatory two-step verification',
    description:
      'Managed accounts that must pass two-step verification. Nobody is signed out: people are asked at their next sign-in.',
    body: {
      kind: 'AuthenticationPolicy',
      name: '${1:Staff}',
      directory: '${2:local}',
      settings: { twoStepVerification: 'mandatory', apiTokens: '${3|block,allow|}', idleSession: '${4:8h}' },
      members: { domains: ['${5:acme.com}'] },
    },
  },
  {
    label: 'AuthenticationPolicy: single sign-on',
    description:
      'Managed accounts that sign in at the identity provider. The Organization document names the directory and the provider.',
    body: {
      kind: 'AuthenticationPolicy',
      name: '${1:Staff}',
      directory: '${2:Acme staff}',
      settings: {
        singleSignOn: 'enforced',
        identityProvider: '${3:okta}',
        twoStepVerification: 'identity-provider',
      },
      members: { everyoneElse: true },
    },
  },
  {
    label: 'AuthenticationPolicy: break-glass',
    description:
      'Accounts that can sign in when single sign-on is broken: with a password and two-step verification. Name them under breakGlass of the Organization, too.',
    body: {
      kind: 'AuthenticationPolicy',
      name: '${1:Break-glass}',
      directory: 'local',
      settings: { twoStepVerification: 'mandatory', apiTokens: 'block', idleSession: '${2:1h}' },
      members: { accounts: ['${3:root@acme.com}'], acrossDirectories: true },
    },
  },
  {
    label: 'AccountList',
    description: 'Accounts that policies name as one, under accountLists.',
    body: { kind: 'AccountList', name: '${1:Contractors}', accounts: ['${2:jo@acme.com}'] },
  },
  {
    label: 'ExternalUserPolicy: emailed passcode',
    description:
      'External users must pass a passcode by email, and their API tokens are blocked. Try it with the test policy first.',
    body: {
      kind: 'ExternalUserPolicy',
      name: '${1|external,test|}',
      settings: { authorizationMethod: 'one-time-passcode', sessionDuration: '${2:7d}', apiTokens: 'block' },
    },
  },
  {
    label: 'IpAllowlist',
    description: 'The addresses from which the apps can be reached. Leave yourself a way in.',
    body: {
      kind: 'IpAllowlist',
      name: '${1:Office and VPN}',
      enabled: false,
      ranges: ['${2:203.0.113.0/24}'],
    },
  },
  {
    label: 'CoverageRequirement',
    description:
      'The second factor that everybody must have to pass. `postern coverage --check` fails where it is not met.',
    body: {
      kind: 'CoverageRequirement',
      name: '${1:second factor for everyone}',
      population: { accounts: ['managed', 'external'] },
      atLeast: '${2|step-up,two-step,sso-mfa,optional,none|}',
      tokens: '${3|live,possible,ignore|}',
    },
  },
  {
    label: 'Exception',
    description: 'One account that need not meet a requirement, until a day, with an owner and a reason.',
    body: {
      kind: 'Exception',
      name: '${1:legacy build bot}',
      account: '${2:bot@partner.example}',
      requirement: '${3:second factor for everyone}',
      owner: '${4:alice@acme.com}',
      reason: '${5:migrates to a service account}',
      expires: '${6:2030-12-31}',
    },
  },
]

/** Blocks that are offered inside a document, by its kind and the member that takes them. */
export const blockSnippets: Partial<Record<KindName, Readonly<Record<string, readonly Snippet[]>>>> = {
  AuthenticationPolicy: {
    settings: [
      {
        label: 'mandatory two-step verification',
        description: 'Members must set up two-step verification at their next sign-in.',
        body: mandatory,
      },
      {
        label: 'single sign-on',
        description: 'Members sign in at the identity provider. Only in the directory of one.',
        body: singleSignOn,
      },
    ],
    members: [
      {
        label: 'contractors',
        description: 'The members of a group, wherever they are now: they move into this directory.',
        body: { groups: ['${1:contractors}'], acrossDirectories: true },
      },
      {
        label: 'a domain, and everybody else',
        description: 'The accounts of a domain but for some, and all of this directory that no policy selects.',
        body: { domains: ['${1:acme.com}'], except: { accounts: ['${2:root@acme.com}'] }, everyoneElse: true },
      },
    ],
  },
  ExternalUserPolicy: {
    settings: [
      {
        label: 'emailed passcode',
        description: 'A passcode by email, and no way around it by API tokens.',
        body: passcode,
      },
      {
        label: 'single sign-on',
        description: 'Your identity provider for external users: billed by Guard Standard.',
        body: {
          authorizationMethod: 'single-sign-on',
          identityProvider: '${1:okta}',
          sessionDuration: '${2:7d}',
          apiTokens: 'block',
          billable: true,
        },
      },
    ],
  },
}
