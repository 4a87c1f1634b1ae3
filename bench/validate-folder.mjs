// A large policy folder of one organization, a document a file, some of them wrong: the same bytes for the same seed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes the documents and says what is wrong: one problem for each wrong document, by the code that Postern gives it. Without wrong ones the
 * folder is valid as a whole. It holds one YAML document a file and quoted days, since other validators read nothing else; documents that are no YAML
 * are the last files by name, since others stop there.
 */
export function writeFolder(folder, { documents = 2000, wrong = 20, seed = 1 } = {}) {
  const random = randomFrom(seed)
  const share = part => Math.max(2, Math.floor(documents * part))
  const counts = {
    'account-lists': share(0.2),
    allowlists: share(0.06),
    authentication: share(0.12),
    coverage: share(0.03),
  }
  const rest = documents - 1 - Object.values(counts).reduce((sum, count) => sum + count)
  const plan = { ...counts, exceptions: rest }
  if (rest < wrong) throw new Error(`${documents} documents are too few for ${wrong} wrong ones`)
  const problems = Object.fromEntries(Object.values(faults).map(({ code }) => [code, 0]))
  const faulty = faultyPlaces(plan, wrong)
  write(folder, 'organization.yaml', organization)
  for (const [home, count] of Object.entries(plan)) {
    mkdirSync(join(folder, home))
    for (let index = 0; index < count; index++) {
      const fault = faulty.get(`${home}/${index}`)
      const text = documentOf[home](index, plan, random)
      if (fault !== undefined) problems[fault.code]++
      const name = `${home}/${home.replace(/s$/, '')}-${String(index + 1).padStart(5, '0')}.yaml`
      write(folder, name, `${opening(random)}${fault === undefined ? text : broken(text, fault)}`)
    }
  }
  return { files: documents, problems }
}

const write = (folder, name, text) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
}

/** Mulberry32: small, seeded, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const upTo = limit => Math.floor(next() * limit)
  return { upTo, pick: items => items[upTo(items.length)], happens: chance => next() < chance }
}

/** What people get wrong. Each fault leaves a document with exactly one problem. */
const faults = {
  authentication: { code: 'policy/unknown-field', from: /idleSession:/, to: 'idelSession:' },
  'account-lists': { code: 'policy/wrong-type', from: /accounts:[^]*?- (\S+)[^]*/, to: 'accounts: $1\n' },
  coverage: { code: 'policy/not-one-of', from: /atLeast: .*/, to: 'atLeast: two-setp' },
  dangling: { code: 'policy/dangling-reference', from: /requirement: .*/, to: 'requirement: second factor of nobody' },
  syntax: { code: 'policy/yaml-syntax', from: /owner: (.*)/, to: 'owner: "$1' },
}

function broken(text, { from, to }) {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to break by ${from} in:\n${text}`)
  return changed
}

/** Which documents have which fault: the kinds of fault in turn, spread over the documents that can have them. */
function faultyPlaces(plan, wrong) {
  const places = new Map()
  const names = Object.keys(faults)
  for (let index = 0; index < wrong; index++) {
    const name = names[index % names.length]
    const turn = Math.floor(index / names.length)
    const turns = Math.ceil(wrong / names.length)
    const home = name in plan ? name : 'exceptions'
    // The last exceptions are those that are no YAML.
    const free = home === 'exceptions' ? plan[home] - turns : plan[home]
    const place = name === 'syntax' ? plan[home] - 1 - turn : Math.floor((turn * free) / turns)
    places.set(`${home}/${place}`, faults[name])
  }
  return places
}

const opening = random =>
  (random.happens(0.05) ? '---\n' : '') +
  (random.happens(0.9) ? '# yaml-language-server: $schema=../../schemas/policy.schema.json\n' : '') +
  (random.happens(0.1) ? `# ${random.pick(remarks)}\n` : '')

const remarks = [
  'Moved here from the old spreadsheet.',
  'Ask the owners before you change this: it was agreed with the auditors (see the wiki).',
  'TODO: look again when the new offices are open',
]
const teams = ['Payments', 'Platform', 'Research & design', 'Sales', 'Support', 'Büro Zürich', 'Data', 'Legal']
const people = ['alice', 'bob', 'jo', 'sam']
const reasons = [
  'shared screen at the front desk, moves behind Okta with the new hardware',
  'no phone on the shop floor; a key has been ordered',
  '"Kiosk" in the lobby: it signs in by itself',
  "the vendor's scanner cannot show a second factor",
  'legacy reporting job (read only), replaced in the next quarter',
]
const longReason = `reason: >-
  The build servers sign in with a password until the new pipeline is there.
  Agreed with the security team, see the ticket.
`

const team = index => `${teams[index % teams.length]} ${Math.floor(index / teams.length) + 1}`
const requirement = index => (index === 0 ? 'second factor for everyone' : `second factor for ${team(index)}`)
const someone = (random, index) => `${random.pick(people)}.${index}@acme.com`
const day = random =>
  `'${2040 + random.upTo(5)}-${String(1 + random.upTo(12)).padStart(2, '0')}-${String(1 + random.upTo(28)).padStart(2, '0')}'`

const documentOf = {
  'account-lists': (index, _plan, random) => {
    const indent = random.happens(0.8) ? '  ' : ''
    // An account stands in one list only: two policies must not claim it.
    const accounts = Array.from({ length: 4 + random.upTo(25) }, (_, item) => someone(random, index * 100 + item))
    return `kind: AccountList
name: Members of ${team(index)}
accounts:
${accounts.map(account => `${indent}- ${account}${random.happens(0.03) ? ' # joined last week' : ''}\n`).join('')}`
  },
  allowlists: (index, _plan, random) => {
    const range = () => `203.0.113.${random.upTo(32) * 8}/29`
    const ranges = random.happens(0.5)
      ? ` [198.51.100.10, ${range()}, '2001:db8:${index}::/48']`
      : `\n  - 198.51.100.10 # the runner\n${Array.from({ length: 1 + random.upTo(6) }, () => `  - ${range()}\n`).join('')}`
    return `kind: IpAllowlist
name: Office of ${team(index)}
enabled: ${random.happens(0.9)}
ranges:${ranges.trimEnd()}
allowMobileBypass: false
resources: ['ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-${String(index + 1).padStart(12, '0')}']
`
  },
  authentication: (index, plan, random) => {
    const sso = index % 3 === 0
    const named = Array.from({ length: plan['account-lists'] }, (_, list) => list).filter(
      list => list % plan.authentication === index,
    )
    return `kind: AuthenticationPolicy
name: ${team(index)}
id: 5b0f3f0e-7d0a-4c58-8a55-${String(index + 1).padStart(12, '0')}
directory: ${sso ? 'Acme staff' : 'local'}
${index === 0 || index === 1 ? 'default: true\n' : ''}billable: true
settings:
  singleSignOn: ${sso ? 'enforced' : 'off'}
${sso ? '  identityProvider: okta\n' : ''}  twoStepVerification: ${sso ? 'identity-provider # Okta asks for it' : 'mandatory'}
${sso ? '' : `  password: { minimumStrength: ${random.pick(['good', 'strong'])}, expiresAfter: never }\n`}  idleSession: ${random.pick(['1h', '8h', '30m'])}
  apiTokens: ${random.pick(['allow', 'block'])}
  thirdPartyLogin: block
members:
  groups: [${random.happens(0.5) ? `team-${index + 1}` : `team-${index + 1}, "team-${index + 1} contractors"`}]
${named.length === 0 ? '' : `  accountLists:\n${named.map(list => `    - Members of ${team(list)}\n`).join('')}`}${random.happens(0.2) ? `  except: { accounts: [${someone(random, 90_000_000 + index)}] }\n` : ''}`
  },
  coverage: (index, plan, random) => `kind: CoverageRequirement
name: ${requirement(index)}
population: ${index === 0 ? '{ accounts: [managed, external] }' : `{ policies: [${team(index % plan.authentication)}] }`}
atLeast: ${random.pick(['step-up', 'two-step'])}
tokens: live
minimumPercent: ${random.pick(['90', '99.5', '100'])}
severity: ${random.pick(['error', 'warning'])}
`,
  exceptions: (index, plan, random) => `kind: Exception
name: ${random.pick(['scanner', 'front desk', 'build server', 'Wartungszugang für die Büros'])} ${index + 1}
account: ${someone(random, index)}
requirement: ${requirement(random.upTo(plan.coverage))}
owner: ${random.pick(people)}@acme.com
${random.happens(0.04) ? longReason : `reason: ${quotedIfNeeded(random.pick(reasons))}\n`}${random.happens(0.8) ? `ticket: SEC-${1000 + index}\n` : ''}expires: ${day(random)}${random.happens(0.1) ? ' # prolonged once' : ''}
`,
}

const quotedIfNeeded = text => (/^"|: /.test(text) ? `'${text}'` : text)

const organization = `# yaml-language-server: $schema=../schemas/policy.schema.json
kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io] # must be verified and claimed: checked, never changed
identityProviders:
  - { name: okta, protocol: saml, enforcesMfa: true, declaredAt: '2026-11-24', certificateExpires: '2045-05-01' }
directories:
  - { name: Acme staff, identityProvider: okta }
breakGlass:
  - root@acme.com
runner: { keyOwner: ci@acme.com, keyLabel: postern, addresses: [198.51.100.10] }
approvals:
  loosening: 1
  suspensions: 1
  everything: 0
  approvers:
    - { name: alice, email: alice@acme.com, logins: [alice-gh] }
    - { name: bob, email: bob@acme.com, logins: [bob-gh] }
evidence: { expiresAfter: 90d }
`
