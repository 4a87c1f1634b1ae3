import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'
import { foldEmail } from '../model/account.ts'

/** The members of each policy by name, as an export listed them. */
export type ExportedMembers = Readonly<Record<string, readonly string[]>>

/**
 * Joins an export, which knows names, with bulk-fetch, which knows ids, on the email addresses of the members. A policy whose members are now in several
 * policies has no one id. Nor has one whose members all sit where another policy's members are more: they were moved there since the export.
 */
export function idsByName(
  members: ExportedMembers,
  policyIdOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map(
    Object.entries(members).map(([name, emails]) => [
      name,
      emails.flatMap(email => policyIdOf.get(foldEmail(email)) ?? []),
    ]),
  )
  const shareOf = (id: string, ids: readonly string[]): number => ids.filter(other => other === id).length
  const moved = (name: string, id: string, share: number): boolean =>
    [...found].some(([other, ids]) => other !== name && shareOf(id, ids) >= share)
  return new Map(
    [...found].map(([name, all]) => {
      const ids = new Set(all)
      const [only] = ids
      return [name, ids.size === 1 && only !== undefined && moved(name, only, all.length) ? new Set() : ids]
    }),
  )
}

/** Where the id of a policy may come from, the surest first. */
export interface IdSources {
  /** `id` in the document. */
  readonly declared: string | undefined
  /** The ledger's binding. */
  readonly bound: string | undefined
  /** Ids whose name the API served. */
  readonly served: ReadonlySet<string>
  /** Ids found through an export. */
  readonly exported: ReadonlySet<string>
}

/** The id of a policy, or undefined where nothing tells it. Two ids for one name are an error. */
export function resolveId(
  policy: string,
  { declared, bound, served, exported }: IdSources,
): Outcome<string | undefined> {
  const sure = declared ?? bound
  if (sure !== undefined) return { ok: true, value: sure, diagnostics: [] }
  const found = served.size > 0 ? served : exported
  if (found.size > 1) return failed(diagnostic('evidence/ambiguous-binding', { policy, ids: [...found].sort() }))
  const [id] = found
  return { ok: true, value: id, diagnostics: [] }
}
