/** Building blocks of the documents' schemas. `x-means` says in words what a pattern or format asks for. */

export const nameSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  pattern: '^\\S(.*\\S)?$',
  'x-means': 'a name of 1 to 255 characters without blanks at its ends',
} as const

export const emailSchema = { type: 'string', format: 'email', 'x-means': 'an email address' } as const

export const emailsSchema = { type: 'array', items: emailSchema } as const

export const domainSchema = {
  type: 'string',
  format: 'hostname',
  pattern: '\\..*[^.]$',
  'x-means': 'a domain such as example.com',
} as const

export const domainsSchema = { type: 'array', items: domainSchema } as const

export const namesSchema = { type: 'array', items: nameSchema } as const

export const idSchema = {
  type: 'string',
  format: 'uuid',
  'x-means': 'an id such as 96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
} as const

export const dateSchema = { type: 'string', format: 'date', 'x-means': 'a day such as 2027-03-31' } as const

export const durationPattern = '^[1-9][0-9]{0,5}[mhd]$'

export const durationSchema = {
  type: 'string',
  pattern: durationPattern,
  'x-means': 'a duration such as 15m, 8h or 30d',
} as const

/** A duration, or one word in its place. */
export const durationOr = <Word extends string>(word: Word) =>
  ({
    type: 'string',
    pattern: `^(${word}|[1-9][0-9]{0,5}[mhd])$`,
    'x-means': `\`${word}\`, or a duration such as 8h or 30d`,
  }) as const

export const countSchema = { type: 'integer', minimum: 0 } as const

/** A day, or a moment with its offset: the pattern lets days through that no calendar has, and a rule refuses those. */
export const momentSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$',
  'x-means': 'a day such as 2026-12-24, or a time such as 2026-12-24T18:00Z',
} as const
