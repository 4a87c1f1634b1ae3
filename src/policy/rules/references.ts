import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { kindNamed, kindNames } from '../../kinds/index.ts'
import { localDirectory } from '../../kinds/organization.ts'
import { compareText, type Address } from '../../model/address.ts'
import { nearest } from '../nearest.ts'
import type { Draft, Folder, Rule } from './rule.ts'

/** What a document names must be declared. Names of documents that are broken otherwise still count as declared. */
export const references: Rule = folder => {
  const declared = declaredNames(folder)
  const known = new Map<string, readonly string[]>()
  const knownOf = (kind: string): readonly string[] => {
    const names = known.get(kind) ?? [...(declared.get(kind) ?? [])].sort(compareText)
    known.set(kind, names)
    return names
  }
  const { organization, unread } = folder
  // It may be declared where nothing could be read: that is reported already.
  const mayBeDeclared = ({ kind, name }: Address): boolean =>
    ((kind === 'Directory' || kind === 'IdentityProvider') && organization === undefined) ||
    unread.some(text => [name, `'${name}'`, `"${name}"`].some(written => text.includes(`name: ${written}`)))
  return kindNames.flatMap(kind =>
    (folder[kind] as readonly Draft[]).flatMap(({ spec, locate }) =>
      kindNamed(kind)
        .references(spec)
        .flatMap(({ path, to }): readonly Diagnostic[] => {
          if (declared.get(to.kind)?.has(to.name) === true || mayBeDeclared(to)) return []
          const names = knownOf(to.kind)
          const suggestion = nearest(to.name, names)
          const facts = { ...to, known: names, ...(suggestion !== undefined && { near: suggestion }) }
          return [diagnostic('policy/dangling-reference', facts, { span: locate(path) })]
        }),
    ),
  )
}

/** Names by kind. */
function declaredNames(folder: Folder): ReadonlyMap<string, ReadonlySet<string>> {
  const byKind = new Map<string, Set<string>>()
  const add = ({ kind, name }: Address): void => {
    const names = byKind.get(kind)
    if (names === undefined) byKind.set(kind, new Set([name]))
    else names.add(name)
  }
  add({ kind: 'Directory', name: localDirectory })
  folder.names.forEach(add)
  for (const kind of kindNames)
    for (const { spec } of folder[kind] as readonly Draft[]) kindNamed(kind).declares(spec).forEach(add)
  return byKind
}
