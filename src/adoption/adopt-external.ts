import type { AdoptedObjects } from './adopt-authentication.ts'
import { observedFields } from './observed-fields.ts'
import type { Refusal } from './refusal.ts'
import type { SeenExternalPolicy } from './sighting.ts'

/** Drafts the documents of the two policies for external users. */
export function adoptExternal(policies: readonly SeenExternalPolicy[], refusal: Refusal): AdoptedObjects {
  const adopted = policies.map(({ name, fields }) => {
    const address = { kind: 'ExternalUserPolicy', name }
    return { address, observed: observedFields(address, fields, refusal) }
  })
  return {
    drafts: adopted.map(({ address, observed }) => ({
      address,
      file: `external-users/${address.name}.yaml`,
      head: [],
      members: [{ key: 'kind', value: address.kind }, { key: 'name', value: address.name }, ...observed.members],
      foot: observed.foot,
    })),
    unobserved: adopted.flatMap(({ observed }) => observed.unobserved),
    leftOut: adopted.flatMap(({ observed }) => observed.leftOut),
  }
}
