import { canBeName } from '../kinds/document-name.ts'
import { localDirectory } from '../kinds/organization.ts'
import { compareText } from '../model/address.ts'
import type { LiveField } from '../model/evidence.ts'
import type { JsonObject } from '../model/json.ts'
import type { SeenDirectory, Sighting } from './sighting.ts'
import { uniqueNames } from './unique-name.ts'

/** What the documents say of directories and identity providers. */
export interface Directories {
  /** How the directory of a policy is called, and what is to be said of that. */
  readonly of: (directoryId: string | undefined) => { readonly name: string; readonly comment?: string }
  readonly identityProviders: readonly JsonObject[]
  readonly directories: readonly JsonObject[]
  /** The directory that is taken for the built-in one. */
  readonly local?: SeenDirectory
}

/**
 * Tells the built-in directory from those of identity providers. **Inferred**, since no API does (ref 2.3): the one in which nothing is synced, and no policy is known to
 * enforce single sign-on, is the local one; where several are like that, none of them is.
 */
export function chooseDirectories(sighting: Sighting): Directories {
  const own = new Map<string, string>()
  const enforced = new Set<string>()
  for (const { directoryId, fields } of sighting.policies) {
    if (directoryId === undefined) continue
    if (valueOf(fields['settings.singleSignOn']) === 'enforced') enforced.add(directoryId)
    const provider = valueOf(fields['settings.identityProvider'])
    if (provider !== undefined && compareText(provider, own.get(directoryId) ?? '\u{10ffff}') < 0)
      own.set(directoryId, provider)
  }
  const isPlain = ({ id, synced }: SeenDirectory): boolean => !synced && !enforced.has(id)
  const plain = sighting.directories.filter(isPlain)
  const local = plain.length === 1 ? plain[0] : undefined
  const unique = uniqueNames(localDirectory)
  const declared = sighting.directories
    .filter(directory => directory !== local)
    .map(directory => {
      const name = unique(directory.name, `Directory ${directory.id.slice(0, 8)}`)
      return { directory, name, provider: isPlain(directory) ? undefined : (own.get(directory.id) ?? name) }
    })
  const nameOf = new Map(declared.map(({ directory: { id }, name }) => [id, name]))
  const providers = new Set([...declared.map(({ provider }) => provider), ...named(sighting)])
  return {
    of: id => {
      const name = nameOf.get(id ?? '')
      if (name !== undefined) return { name, comment: 'inferred: its members are in this directory' }
      return id !== undefined && id === local?.id
        ? { name: localDirectory, comment: 'inferred: its members are in the local directory' }
        : { name: localDirectory, comment: 'not known: nothing tells the directory of its members' }
    },
    identityProviders: [...providers]
      .filter(name => name !== undefined)
      .sort(compareText)
      .map(name => ({ name })),
    directories: declared.map(({ name, provider }) => ({
      name,
      ...(provider !== undefined && { identityProvider: provider }),
    })),
    ...(local && { local }),
  }
}

/** The identity providers that evidence of any policy names. */
const named = ({ policies, external }: Sighting): readonly string[] =>
  [...policies, ...external].flatMap(({ fields }) => valueOf(fields['settings.identityProvider']) ?? [])

function valueOf(field: LiveField | undefined): string | undefined {
  return field?.state === 'known' && typeof field.value === 'string' && canBeName(field.value) ? field.value : undefined
}
