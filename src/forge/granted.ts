/**
 * The permissions that an answer of GitHub names as those that would do, in the words of `permissions:` of a workflow;
 * undefined where it names none. The header holds sets, separated by semicolons, any of which is enough:
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permission-errors
 */
export function acceptedPermissions(headers: Readonly<Record<string, string>>): readonly string[] | undefined {
  const sets = (headers['x-accepted-github-permissions'] ?? '').split(';').map(permissionsOf)
  const named = sets.filter(set => set !== '')
  return named.length === 0 ? undefined : named
}

// Every token may read the metadata of its repository, and a workflow has no word for it.
const permissionsOf = (set: string): string =>
  [...set.matchAll(/([a-z_]+)=([a-z]+)/g)]
    .filter(([, name]) => name !== 'metadata')
    .map(([, name = '', level = '']) => `${name.replaceAll('_', '-')}: ${level}`)
    .join(' and ')
