import { documentsOf } from '../guard-plan.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Json } from '../../model/json.ts'

/** Every text that documents hold, and the domains of the addresses among them: whoever reads the documents knows these. */
export function namedIn(desired: Desired): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      found.add(value)
      if (value.includes('@')) found.add(value.slice(value.lastIndexOf('@') + 1))
    } else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part)
  }
  visit(documentsOf(desired))
  return found
}
