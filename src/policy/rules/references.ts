import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { kindNamed, kindNames } from '../../kinds/index.ts'
import { localDirectory } from '../../kinds/organization.ts'
import { compareText, type Address } from '../../model/address.ts'
import { nearest } from '../nearest.ts'
import type { Draft, Folder, Rule } from './rule.ts'

/** What a document names must be declared. Names of documents that are broken otherwise still count as declared. */
export const references: Rule = folder => {
  const declared = declaredNames(folder)
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
          const names = declared.get(to.kind) ?? new Set()
          if (names.has(to.name) || mayBeDeclared(to)) return []
          const known = [...names]
          const suggestion = nearest(to.name, known)
          const facts = { ...to, known, ...(suggestion !== undefined && { near: suggestion }) }
          return [diagnostic('policy/dangling-reference', facts, { span: locate(path) })]
        }),
    ),
  )
}

/** Names by kind, sorted. */
function declaredNames(folder: Folder): ReadonlyMap<string, ReadonlySet<string>> {
  const addresses = [
    { kind: 'Directory', name: localDirectory },
    ...folder.names,
    ...kindNames.flatMap(kind =>
      (folder[kind] as readonly Draft[]).flatMap(({ spec }) => kindNamed(kind).declares(spec)),
    ),
  ].sort((a, b) => compareText(a.name, b.name))
  const byKind = new Map<string, Set<string>>()
  for (const { kind, name } of addresses) {
    const names = byKind.get(kind)
    if (names === undefined) byKind.set(kind, new Set([name]))
    else names.add(name)
  }
  return byKind
}
