/** The commands under the headings of `postern --help`, in the order in which people meet them. */
const commandGroups: readonly (readonly [heading: string, names: readonly string[]])[] = [
  ['Begin:', ['init', 'import', 'doctor', 'simulate']],
  ['Write policies:', ['validate', 'schema']],
  ['Change the organization:', ['plan', 'approve', 'apply', 'revert', 'unlock']],
  ['Bring evidence:', ['observe', 'attest']],
  ['In pull requests:', ['ci']],
  ['Look:', ['coverage', 'explain', 'drift', 'watch', 'snapshot', 'audit']],
  ['The command line:', ['completion', 'help']],
]

/** The heading that a command stands under. */
export const groupOf = (name: string): string =>
  commandGroups.find(([, names]) => names.includes(name))?.[0] ?? 'More commands:'

/** Commands in the order of the groups, those in none last, each with its heading. */
export function inGroups(names: readonly string[]): readonly (readonly [name: string, heading: string])[] {
  const listed = commandGroups.flatMap(([, group]) => group.filter(name => names.includes(name)))
  const others = names.filter(name => !listed.includes(name))
  return [...listed, ...others].map(name => [name, groupOf(name)])
}
