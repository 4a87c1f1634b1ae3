import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Configured } from '../configured.ts'
import type { PlanInput, Problem } from '../contract.ts'
import { error, problemsOf } from '../problems.ts'

/** What the resources of this process stand for: two of them for one object would undo each other. */
export interface Claims {
  /** The names of documents, by the object that each stands for. */
  readonly adopted: Map<string, string>
  /** What a resource was planned for. */
  readonly planned: Set<string>
  /** Objects that a new resource takes over, and objects that are to be deleted. */
  readonly taken: Set<string>
  readonly removed: Set<string>
}

export const noClaims = (): Claims => ({
  adopted: new Map(),
  planned: new Set(),
  taken: new Set(),
  removed: new Set(),
})

type Claiming = Pick<Configured, 'claims'>

/** Of a replacement Terraform asks twice: the second time for a new object, with what the first answer kept. */
export const isSecondHalf = ({ prior, private: kept }: Pick<PlanInput, 'prior' | 'private'>): boolean =>
  prior === null && kept.length > 0

/** Refuses a second resource for what another one says already. */
export function planningTwice({ claims }: Claiming, what: string, input: PlanInput): readonly Problem[] {
  if (isSecondHalf(input)) return []
  if (!claims.planned.has(what)) {
    claims.planned.add(what)
    return []
  }
  return [error(`two resources for ${what}: each would undo the other`, 'Keep one of them.')]
}

/** Notes which document stands for which object, and refuses a second one for the same. */
export function adopting({ claims }: Claiming, kind: string, name: string, id: string | undefined): readonly Problem[] {
  if (id === undefined) return []
  const key = `${kind}/${id.toLowerCase()}`
  const other = claims.adopted.get(key)
  if (other === undefined || other === name) {
    claims.adopted.set(key, name)
    return []
  }
  return problemsOf([diagnostic('policy/one-id-twice', { id, policies: [other, name].sort() })])
}

/** Refuses to delete what a new resource takes over, and to take over what is deleted, whichever is planned first. */
export function takingOver({ claims }: Claiming, what: 'taken' | 'removed', id: string): readonly Problem[] {
  claims[what].add(id)
  return claims.taken.has(id) && claims.removed.has(id)
    ? [
        error(
          'one resource takes over the object that another one deletes',
          'Where only the label of the block changed, say so with a `moved` block: then it is one resource.',
        ),
      ]
    : []
}
