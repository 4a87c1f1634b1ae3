import type { DiagnosticDocument } from '../../src/model/diagnostic-document.ts'
import type { Outcome } from '../../src/diagnostics/outcome.ts'
import { Places } from '../../src/diagnostics/to-document.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import { load, type LoadInput } from '../../src/policy/load.ts'
import { placesOf, type FoundPlace } from './found-place.ts'

/** A document that every folder needs. It declares what the documents of the tests refer to. */
export const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders:
  - { name: okta, protocol: saml }
directories:
  - { name: Acme staff, identityProvider: okta }
`

/** A policy without a fault. */
export const policy = `kind: AuthenticationPolicy
name: Local
directory: local
default: true
`

/** What validating said about some files. */
export interface Checked {
  readonly result: Outcome<Desired>
  readonly found: readonly FoundPlace[]
  readonly codes: readonly string[]
  readonly documents: readonly DiagnosticDocument[]
  readonly texts: ReadonlyMap<string, string>
}

/** Validates files that are nowhere but here, on 2026-11-24. */
export async function check(
  files: Readonly<Record<string, string | Uint8Array>>,
  places: LoadInput['places'] = 'unneeded',
): Promise<Checked> {
  const input = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }))
  const { result, texts } = await load({ folder: 'policies', files: input, today: '2026-11-24', places })
  const pointed = new Places(texts)
  return {
    result,
    texts,
    found: placesOf(result.diagnostics, pointed),
    codes: result.diagnostics.map(({ code }) => code),
    documents: result.diagnostics.map(diagnostic => pointed.document(diagnostic)),
  }
}

/** Validates one document beside the organization. */
export const checkBeside = (text: string | Uint8Array): Promise<Checked> =>
  check({ 'document.yaml': text, 'organization.yaml': organization })
