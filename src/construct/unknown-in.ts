import { Token } from './cdktf.ts'

/** What of the properties Terraform alone knows, though it is needed before it runs, in words; undefined where nothing is. */
export function unknownIn(props: object): string | undefined {
  for (const member of ['folder', 'documents', 'organizationId', 'alias'] as const) {
    const value = (props as Readonly<Record<string, unknown>>)[member]
    const at = tokenIn(value, member, new Set())
    if (at !== undefined) return `\`${at}\` is known only to Terraform, and documents are checked before it runs`
  }
  return undefined
}

/** The path to the first value that CDKTF has yet to fill in. */
function tokenIn(value: unknown, at: string, above: Set<unknown>): string | undefined {
  if (Token.isUnresolved(value)) return at
  if (typeof value !== 'object' || value === null || above.has(value)) return undefined
  above.add(value)
  for (const [name, inner] of Object.entries(value)) {
    const found = tokenIn(inner, Array.isArray(value) ? `${at}[${name}]` : `${at}.${name}`, above)
    if (found !== undefined) return found
  }
  return undefined
}
