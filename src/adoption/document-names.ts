import { canBeName, distinctNames } from '../kinds/document-name.ts'
import { compareText } from '../model/address.ts'
import type { SeenPolicy } from './sighting.ts'

/** The name of a document, and why it is not the one that its policy has. */
export interface DocumentName {
  readonly name: string
  readonly why?: string
}

type Named = Pick<SeenPolicy, 'id' | 'name' | 'document'>

/**
 * A name for the document of each policy, by id: its own, if a document can hold it and no other policy has it. Every other policy is found by its id alone, and
 * so gets any name that nobody has: the one of the document that is there already, the one that the ledger knows, or one made of its own and its id.
 * `unseen` has the names, by id, of policies that are not among these and hold nobody: a name of theirs is nobody else's.
 */
export function documentNames(
  policies: readonly Named[],
  unseen: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, DocumentName> {
  const sorted = [...policies].sort((a, b) => compareText(a.id, b.id))
  const live = new Map(sorted.flatMap(({ id, name }) => (name && name.from !== 'ledger' ? [[id, name.name]] : [])))
  const own = new Map([...distinctNames(new Map([...unseen, ...live]))].filter(([id]) => live.has(id)))
  const found = new Map<string, DocumentName>([...own].map(([id, name]) => [id, { name }]))
  const taken = new Set([...unseen.values(), ...own.values()])
  for (const policy of sorted.filter(({ id }) => !own.has(id))) {
    const name = candidates(policy).find(candidate => canBeName(candidate) && !taken.has(candidate)) ?? policy.id
    taken.add(name)
    const known = live.get(policy.id)
    found.set(policy.id, { name, ...(name !== known && why(known, policy)) })
  }
  return found
}

/** What a policy without a name of its own may be called, the best first. The last one is its id: nobody else has that. */
function candidates({ id, name, document }: Named): readonly string[] {
  const short = id.slice(0, 8)
  const shown = Array.from(name?.name.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim() ?? '')
    .slice(0, longestShown)
    .join('')
    .trim()
  return [
    ...(document === undefined ? [] : [document]),
    ...(name?.from === 'ledger' ? [name.name] : []),
    ...(shown === '' ? [] : [`${shown} (${short})`, `${shown} (${id})`]),
    `Policy ${short}`,
    `Policy ${id}`,
  ]
}

/** Leaves room for an id. */
const longestShown = 200

/** Said of a policy of which nothing tells the name, until something does. */
export const nobodyTells = 'nothing tells its name: put the one that the console shows in its place'

function why(known: string | undefined, { name }: Named): { readonly why?: string } {
  if (known !== undefined) {
    return canBeName(known)
      ? { why: 'another policy has the same name: it is told apart by its id, and its name is not compared' }
      : { why: 'a document cannot hold the name it has: it is found by its id, and its name is not compared' }
  }
  return name === undefined ? { why: nobodyTells } : {}
}
