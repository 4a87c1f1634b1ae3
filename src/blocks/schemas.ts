import { dataSourceSchemas } from './data-source-schemas.ts'
import { providerSchema } from './provider-schema.ts'
import { resourceSchemas } from './resource-schemas.ts'

/** Everything that the provider takes and shows. */
export const schemas = { provider: providerSchema, resources: resourceSchemas, dataSources: dataSourceSchemas } as const
