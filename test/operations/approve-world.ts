import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SavedPlan } from '../../src/model/plan.ts'
import { codeAt, secretOf, wrongCodeAt } from '../approvals/codes.ts'
import { planned, policy } from './acme-documents.ts'
import { policyFolder, start, type Started } from './start.ts'

/** The Organization document of acme with these approvals. */
export const organizationWith = (approvals: string): string => `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Acme staff, identityProvider: okta }]
approvals: ${approvals}
`

const people = `[{ name: alice, email: alice@acme.com, logins: [alice-gh] }, { name: bob, email: bob@acme.com }, { name: carol, email: carol@acme.com }]`

/** A folder whose every plan takes two approvals, unless told otherwise. */
export const approvedFolder = (approvals = `{ everything: 2, approvers: ${people} }`): Promise<string> =>
  policyFolder({
    'a.yaml': [organizationWith(approvals), policy('P', 'directory: local\ndefault: true')].join('\n---\n'),
  })

/** The secrets of three approvers, by name. */
export const secrets = { alice: secretOf(1), bob: secretOf(2), carol: secretOf(3) }

export type ApproverName = keyof typeof secrets

export const secretsInEnvironment = {
  POSTERN_APPROVER_ALICE: secrets.alice,
  POSTERN_APPROVER_BOB: secrets.bob,
  POSTERN_APPROVER_CAROL: secrets.carol,
}

/** A plan that dora made, and everything that it takes to approve it. */
export interface Approving {
  readonly started: Started
  readonly plan: SavedPlan
  /** The code of an approver now, or some steps from now. */
  readonly code: (name: ApproverName, steps?: number) => string
  readonly wrong: (name: ApproverName) => string
}

export async function approving(folder?: string): Promise<Approving> {
  const started = await start()
  const plan: SavedPlan = { ...(await planned(started, folder ?? (await approvedFolder()))), author: 'dora' }
  return {
    started,
    plan,
    code: (name, steps) => codeAt(secrets[name], started.clock.time, steps),
    wrong: name => wrongCodeAt(secrets[name], started.clock.time),
  }
}

/** Every byte below a folder, as text. */
export async function bytesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return (await Promise.all(files.sort().map(file => readFile(file, 'latin1')))).join('\n')
}
