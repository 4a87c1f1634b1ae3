import type { Desired } from '../../kinds/resource.ts'

/** The schema of the documents, in the folder that holds them. */
export const schemaFile = 'policy.schema.json'

/** Where the schema is, as a document in that folder names it. `home` is the folder that holds it, with a slash at its end where it is not the top. */
export const schemaPath = (file: string, home: string): string =>
  `${'../'.repeat(file.slice(home.length).split('/').length - 1)}${schemaFile}`

/** The folder that holds the Organization document, and so the organization; empty where it is the top. */
export const homeOf = ({ organization }: Pick<Desired, 'organization'>): string =>
  organization.locate([]).file.replace(/[^/]*$/, '')
