import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { problemsOf } from '../problems.ts'

/** Notes which document stands for which object, and refuses a second one for the same: each would undo the other. */
export function adopting(
  { adopted }: Pick<Configured, 'adopted'>,
  kind: string,
  name: string,
  id: string | undefined,
): readonly Problem[] {
  if (id === undefined) return []
  const key = `${kind}/${id.toLowerCase()}`
  const other = adopted.get(key)
  if (other === undefined || other === name) {
    adopted.set(key, name)
    return []
  }
  return problemsOf([diagnostic('policy/one-id-twice', { id, policies: [other, name].sort() })])
}
