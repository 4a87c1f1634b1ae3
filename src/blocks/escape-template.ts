import type { Json } from '../model/json.ts'

/** A text as Terraform JSON must hold it to mean just this text: there `${` and `%{` begin a template, in names of members as well. */
export const escapeTemplate = (text: string): string => text.replace(/([$%])\{/g, '$1$1{')

/** The same for every text and every name of a member in a value. */
export function escapeTemplates(value: Json): Json {
  if (typeof value === 'string') return escapeTemplate(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map(escapeTemplates)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [escapeTemplate(name), escapeTemplates(inner)]),
  )
}
