import { canBeName } from '../kinds/document-name.ts'
import type { Directories } from './choose-directories.ts'
import type { Draft, DraftMember, LeftOut } from './draft.ts'
import type { Refusal } from './refusal.ts'
import type { Sighting } from './sighting.ts'

/** The document of the organization itself. */
export interface AdoptedOrganization {
  readonly draft: Draft
  readonly leftOut: readonly LeftOut[]
  /** The domains that documents may name. */
  readonly domains: ReadonlySet<string>
}

/** Drafts the Organization document: verified domains, directories, and places for what no API shows. */
export function adoptOrganization(
  sighting: Sighting,
  { identityProviders, directories, local }: Directories,
  refusal: Refusal,
): AdoptedOrganization {
  const address = { kind: 'Organization', name: nameFor(sighting.organization.name) }
  const leftOut: LeftOut[] = []
  const domains: string[] = []
  for (const { name, status } of sighting.domains) {
    const why =
      status !== 'verified'
        ? `${name} is not verified${status === undefined ? '' : ` (its status is ${status})`}`
        : refusal('Organization', 'domains', [name])
    if (why === undefined) domains.push(name)
    else leftOut.push({ address, path: 'domains', why })
  }
  const builtIn = local === undefined ? '' : `; “${local.name}” is taken for the local one, which is built in`
  const members: readonly (DraftMember | false)[] = [
    { key: 'kind', value: 'Organization' },
    { key: 'name', value: address.name },
    { key: 'id', value: sighting.organization.id },
    domains.length > 0 && { key: 'domains', value: domains, comment: 'verified; checked, never changed' },
    identityProviders.length > 0 && {
      key: 'identityProviders',
      value: identityProviders,
      comment: 'no API names them: call them as you like',
    },
    directories.length > 0 && {
      key: 'directories',
      value: directories,
      comment: `inferred, as no API tells what fills them${builtIn}`,
    },
    sighting.expiresAfter !== undefined && {
      key: 'evidence',
      value: [{ key: 'expiresAfter', value: sighting.expiresAfter }],
    },
  ]
  return {
    draft: {
      address,
      file: 'organization.yaml',
      head: [
        `What stands in this folder was read from the organization on ${sighting.at.slice(0, 10)}.`,
        'What it leaves out, Postern neither compares nor changes.',
      ],
      members: members.filter(member => member !== false),
      foot: invitation(sighting.at.slice(0, 10), domains[0] ?? 'example.com', identityProviders.length > 0),
    },
    leftOut,
    domains: new Set(domains),
  }
}

/** It is for messages alone. */
function nameFor(live: string): string {
  const short = Array.from(live.replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
    .slice(0, 60)
    .join('')
    .trim()
  return canBeName(short) ? short : 'organization'
}

/** Lines to take the sign off: what no API shows of an organization, and guards rest on. */
const invitation = (day: string, domain: string, providers: boolean): readonly string[] => [
  'What no API shows is for you to add. The values below are examples.',
  ...(providers
    ? [
        '',
        'Of each identity provider: whether it asks everybody for a second factor, and when its certificate ends.',
        `  - { name: okta, protocol: saml, enforcesMfa: true, declaredAt: ${day}, certificateExpires: 2030-01-31 }`,
      ]
    : []),
  '',
  'Accounts that must be able to sign in when single sign-on is down. Postern never locks them out.',
  `breakGlass: [root@${domain}]`,
  '',
  'Where Postern runs, so that no allowlist and no policy shuts it out.',
  `runner: { keyOwner: ci@${domain}, keyLabel: postern, addresses: [203.0.113.10] }`,
  '',
  'What is too much for one plan. These are the defaults.',
  'guards: { moves: { percent: 10, atLeast: 20 }, suspensions: { percent: 5, atLeast: 5 }, minimumOrgAdmins: 2 }',
  '',
  'Who must approve a plan that loosens security.',
  `approvals: { loosening: 1, approvers: [{ name: alice, email: alice@${domain}, logins: [alice-gh] }] }`,
]
