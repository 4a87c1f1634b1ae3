import type { Draft } from '../../adoption/draft.ts'
import type { Organization } from '../../kinds/organization.ts'
import { localDirectory } from '../../kinds/organization.ts'
import type { Resource } from '../../kinds/resource.ts'
import { isObject, isStrings, type Json, type JsonObject } from '../../model/json.ts'
import type { DocumentEdit } from '../../policy/edit-documents.ts'

/** Edits that add to the Organization document the domains that it lacks, and the directories that documents to come are in. */
export function organizationEdits(
  { address, spec }: Resource<'Organization'>,
  draft: Draft | undefined,
  directories: ReadonlySet<string>,
  complete: boolean,
): readonly DocumentEdit[] {
  const drafted = (key: string): readonly Json[] => {
    const value = draft?.members.find(member => member.key === key)?.value
    return Array.isArray(value) ? (value as readonly Json[]) : []
  }
  const domains = drafted('domains')
  const declared = new Set((spec.domains ?? []).map(domain => domain.toLowerCase()))
  const verified = (isStrings(domains) ? domains : []).filter(domain => !declared.has(domain))
  const lacking = missing(spec.directories, drafted('directories')).filter(({ name }) => directories.has(name))
  const providers = missing(spec.identityProviders, drafted('identityProviders')).filter(({ name }) =>
    lacking.some(({ identityProvider }) => identityProvider === name),
  )
  const edit = (key: keyof Organization, before: readonly Json[] = [], more: readonly Json[]) =>
    more.length === 0 ? [] : [{ address, path: [key], value: [...before, ...more] }]
  return [
    // Where no domain is declared, none is meant to be checked.
    ...(spec.domains === undefined && !complete ? [] : edit('domains', spec.domains, verified)),
    ...edit('identityProviders', spec.identityProviders, providers),
    ...edit('directories', spec.directories, lacking),
  ]
}

interface Named extends JsonObject {
  readonly name: string
}

const missing = (declared: readonly { readonly name: string }[] = [], drafted: readonly Json[]): readonly Named[] =>
  drafted
    .filter((item): item is Named => isObject(item) && typeof item['name'] === 'string')
    .filter(({ name }) => name !== localDirectory && !declared.some(other => other.name === name))
