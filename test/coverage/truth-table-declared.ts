import { mfaDeclarations } from '../../src/coverage/mfa-declaration.ts'
import { externalVerdict, managedVerdict } from '../../src/coverage/policy-verdict.ts'
import { declaredViews } from '../../src/coverage/policy-view.ts'
import type { LiveObject } from '../../src/kinds/live.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import type { CoverageLevel } from '../../src/model/coverage.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { desiredOf, emptyLive, organizationId } from '../engine/documents.ts'
import type { Case } from './decision-table.ts'
import { ago, fieldOf, identityProviders, now } from './truth-table-calls.ts'

/** How the rows about documents become calls of the code: through the documents themselves. */

const leftOut = 'left out'
const read = new Map<string, Promise<Desired>>()

/** Reads documents; the same ones once. */
function documents(...texts: readonly JsonObject[]): Promise<Desired> {
  const organization = {
    kind: 'Organization',
    name: 'acme',
    id: organizationId,
    identityProviders,
    directories: identityProviders.map(({ name }) => ({ name: `through ${name}`, identityProvider: name })),
  }
  const text = [organization, ...texts].map(document => JSON.stringify(document)).join('\n---\n')
  const found = read.get(text) ?? desiredOf({ 'all.yaml': text })
  read.set(text, found)
  return found
}

const settingsOf = (cells: Case, names: readonly string[]): JsonObject => {
  const settings = Object.fromEntries(
    names.flatMap(name => {
      const value = cells[`document.${name}`] ?? leftOut
      return value === leftOut ? [] : [[name, value]]
    }),
  )
  return Object.keys(settings).length === 0 ? {} : { settings }
}

/** A live policy with what evidence shows of these settings; ten days old, so that nothing is propagated. */
const policyObject = (kind: string, name: string, settings: Case): LiveObject => ({
  address: { kind, name },
  exists: 'yes',
  fields: Object.fromEntries(
    Object.entries(settings).map(([setting, value]) => {
      const path = `settings.${setting}`
      return [path, fieldOf(path, value, { at: ago(10 * 86_400_000) })]
    }),
  ),
})

const contextOf = (desired: Desired) => ({ now, mfa: mfaDeclarations(desired.organization.spec, {}, now) })

/** The desired state of a row about a managed account; rejects where the documents are refused. */
export const managedDocuments = (cells: Case): Promise<Desired> =>
  documents({
    kind: 'AuthenticationPolicy',
    name: 'Staff',
    directory: `through ${cells['provider'] === 'enforces MFA' ? 'current' : 'denied'}`,
    ...settingsOf(cells, ['singleSignOn', 'twoStepVerification']),
  })

/** The declared level of a managed account. */
export async function declaredManagedLevel(cells: Case): Promise<CoverageLevel> {
  const desired = await managedDocuments(cells)
  const { singleSignOn = '', twoStepVerification = '', mfaEnabled } = cells
  const object = policyObject('AuthenticationPolicy', 'Staff', { singleSignOn, twoStepVerification })
  const views = declaredViews(desired, { ...emptyLive, at: now.toISOString(), objects: [object] })
  return managedVerdict(views.byName.get('Staff'), mfaEnabled === 'true', contextOf(desired)).level
}

/** The declared level of an external account. */
export async function declaredExternalLevel(cells: Case): Promise<CoverageLevel> {
  const { authorizationMethod = '', fact = '' } = cells
  const desired = await documents({
    kind: 'ExternalUserPolicy',
    name: 'external',
    ...settingsOf(cells, ['authorizationMethod', 'identityProvider']),
  })
  const object = policyObject('ExternalUserPolicy', 'external', {
    authorizationMethod,
    ...(fact !== 'none' && { identityProvider: `other ${fact}` }),
  })
  const { external } = declaredViews(desired, { ...emptyLive, at: now.toISOString(), objects: [object] })
  return externalVerdict(external, ['jira'], contextOf(desired)).level
}
