import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { kindNamed, kindNames } from '../../kinds/index.ts'
import { localDirectory } from '../../kinds/organization.ts'
import type { Resource } from '../../kinds/resource.ts'
import { compareText, formatAddress } from '../../model/address.ts'
import { nearest } from '../nearest.ts'
import type { Rule } from './rule.ts'

/** What a document names must be declared. Names of documents that are broken otherwise still count as declared. */
export const references =
  (names: readonly { readonly kind: string; readonly name: string }[]): Rule =>
  folder => {
    const declared = new Set(names.map(formatAddress))
    for (const kind of kindNames) {
      for (const { spec } of folder[kind] as readonly Resource[])
        kindNamed(kind)
          .declares(spec)
          .forEach(address => declared.add(formatAddress(address)))
    }
    declared.add(`Directory/${localDirectory}`)
    return kindNames.flatMap(kind =>
      (folder[kind] as readonly Resource[]).flatMap(({ spec, locate }): readonly Diagnostic[] =>
        kindNamed(kind)
          .references(spec)
          .flatMap(({ path, to }) => {
            const fromOrganization = to.kind === 'Directory' || to.kind === 'IdentityProvider'
            if (declared.has(formatAddress(to)) || (fromOrganization && folder.organization === undefined)) return []
            const known = [...declared]
              .filter(address => address.startsWith(`${to.kind}/`))
              .map(address => address.slice(to.kind.length + 1))
              .sort(compareText)
            const suggestion = nearest(to.name, known)
            const facts = { ...to, known, ...(suggestion !== undefined && { near: suggestion }) }
            return [diagnostic('policy/dangling-reference', facts, { span: locate(path) })]
          }),
      ),
    )
  }
