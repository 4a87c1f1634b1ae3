import type { IConstruct } from './cdktf.ts'

/** Policies of an organization somewhere in an app. */
export interface Governing extends IConstruct {
  readonly organization: { readonly name: string; readonly id: string }
}

const governed = new WeakMap<IConstruct, Map<string, string>>()

/** What is wrong with the organization that policies are for, in words: it is another one than was expected, or others in the app are for it as well, and each would undo the other. */
export function organizationProblem(
  { node, organization }: Governing,
  { organizationId }: { readonly organizationId?: string | undefined },
): string | undefined {
  const id = organization.id.toLowerCase()
  if (organizationId !== undefined && organizationId.toLowerCase() !== id)
    return `${node.path} is for the organization ${JSON.stringify(organizationId)}, and the Organization document is that of ${JSON.stringify(organization.id)}`
  const known = governed.get(node.root) ?? new Map<string, string>()
  governed.set(node.root, known)
  const other = known.get(id)
  if (other !== undefined)
    return `${other} and ${node.path} are for one organization (${organization.id}): put its documents together, or each undoes the other`
  known.set(id, node.path)
  return undefined
}
