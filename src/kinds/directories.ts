import type { Organization } from './organization.ts'

/** The identity provider of a directory by its name; null where the documents give it none. */
export function directoryProviders({
  directories = [],
}: Pick<Organization, 'directories'>): (directory: string) => string | null {
  const providers = new Map(directories.map(({ name, identityProvider }) => [name, identityProvider]))
  return directory => providers.get(directory) ?? null
}
