/** The name of a document’s member as Terraform writes names: `breakGlass` is `break_glass`. */
export const attributeName = (member: string): string =>
  member.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/^_/, '')

/** The member that an attribute stands for. */
export const memberName = (attribute: string): string =>
  attribute.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
