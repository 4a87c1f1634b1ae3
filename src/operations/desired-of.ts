import { isKindName, kindNames, type KindName } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { compareText, formatAddress, parseAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { Span } from '../model/span.ts'

/** Documents that a ledger holds as the resources that they were. Nothing says where they stand. */
export const resourcesOf = (documents: Readonly<Record<string, JsonObject>>): readonly Resource[] =>
  Object.entries(documents).flatMap(([key, spec]): readonly Resource[] => {
    const address = parseAddress(key)
    return address === undefined || !isKindName(address.kind)
      ? []
      : [{ kind: address.kind, address, spec: spec as never, locate: nowhere }]
  })

const nowhere = (): Span => ({ file: '', start: 0, end: 0 })

/** The desired state that resources are. Undefined where there is no Organization among them. */
export function desiredFrom(resources: readonly Resource[]): Desired | undefined {
  const organization = resources.findLast(({ kind }) => kind === 'Organization')
  return organization === undefined ? undefined : desiredBeside(organization as Resource<'Organization'>, resources)
}

/** The desired state that an Organization and resources are, the last of each address; another Organization among them does not count. */
export function desiredBeside(organization: Resource<'Organization'>, resources: readonly Resource[]): Desired {
  const last = [...new Map(resources.map(resource => [formatAddress(resource.address), resource])).values()]
  const ofKind = (kind: KindName): readonly Resource[] =>
    kind === 'Organization'
      ? [organization]
      : last.filter(other => other.kind === kind).sort((a, b) => compareText(a.address.name, b.address.name))
  return {
    ...(Object.fromEntries(kindNames.map(kind => [kind, ofKind(kind)])) as unknown as Omit<Desired, 'organization'>),
    organization,
  }
}
