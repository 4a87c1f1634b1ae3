import { isRange } from '../kinds/address-range.ts'
import type { Observed } from '../kinds/contract.ts'
import { canBeName, distinctNames } from '../kinds/document-name.ts'
import { compareText } from '../model/address.ts'
import { isStrings } from '../model/json.ts'
import type { AdoptedObjects } from './adopt-authentication.ts'
import type { DraftMember, LeftOut } from './draft.ts'
import { slugsOf } from './file-names.ts'
import type { Refusal } from './refusal.ts'

/** Drafts a document for each IP allowlist that one can say: allowlists are found by their names. */
export function adoptAllowlists(allowlists: readonly Observed[], refusal: Refusal): AdoptedObjects {
  const distinct = distinctNames(new Map(allowlists.map(({ id, address }) => [id, address.name])))
  const leftOut: LeftOut[] = []
  const said = allowlists.filter(allowlist => {
    const why = whyUnsaid(allowlist, distinct.has(allowlist.id), refusal)
    if (why !== undefined) leftOut.push({ address: allowlist.address, why })
    return why === undefined
  })
  const sorted = [...said].sort((a, b) => compareText(a.address.name, b.address.name))
  const slugs = slugsOf(sorted.map(({ address }) => address.name))
  const drafts = sorted.map(({ address, fields }, index) => {
    const members: DraftMember[] = [
      { key: 'kind', value: address.kind },
      { key: 'name', value: address.name },
    ]
    for (const path of ['enabled', 'ranges', 'allowMobileBypass', 'resources']) {
      const value = fields[path]
      const why =
        value === undefined ? 'the API serves it in a form that is not known' : refusal(address.kind, path, value)
      if (value !== undefined && why === undefined) members.push({ key: path, value })
      else leftOut.push({ address, path, why: why ?? '' })
    }
    return { address, file: `ip-allowlists/${slugs[index] ?? ''}.yaml`, head: [], members, foot: [] }
  })
  return { drafts, unobserved: [], leftOut }
}

/** Why an allowlist can have no document. */
function whyUnsaid(
  { address: { name }, fields: { ranges } }: Observed,
  isDistinct: boolean,
  refusal: Refusal,
): string | undefined {
  if (!isDistinct)
    return canBeName(name)
      ? 'another allowlist has the same name: rename one of them under Security → IP allowlists'
      : 'a document cannot hold its name: rename it under Security → IP allowlists'
  if (!isStrings(ranges)) return 'the API serves its addresses in a form that is not known'
  const wrong = ranges.find(range => !isRange(range))
  if (wrong !== undefined) return `it holds \`${wrong}\`, which is neither an address nor a range`
  return refusal('IpAllowlist', 'ranges', ranges)
}
