import { resolve } from 'node:path'
import type { ResourceType } from '../blocks/document-attributes.ts'
import type { DataSourceType } from '../blocks/data-source-schemas.ts'
import { schemas } from '../blocks/schemas.ts'
import { hasUnknown, unknown, type Value, type ValueObject } from '../blocks/value.ts'
import type { Schema } from '../blocks/schema.ts'
import { isObject, type Json } from '../model/json.ts'
import { configure, providerProblems } from './configure.ts'
import type { Configured } from './configured.ts'
import type { Problem, Provider } from './contract.ts'
import { accountsSource } from './data-sources/accounts.ts'
import { coverageSource } from './data-sources/coverage.ts'
import type { DataSourceHandler } from './data-sources/handler.ts'
import { organizationSource } from './data-sources/organization.ts'
import { policyFolderSource } from './data-sources/policy-folder.ts'
import { error } from './problems.ts'
import { allowlistResource } from './resources/allowlist-resource.ts'
import type { ResourceHandler } from './resources/handler.ts'
import { membershipResource } from './resources/membership-resource.ts'
import { policyResource } from './resources/policy-resource.ts'
import type { World } from './world.ts'

const resources: Readonly<Record<ResourceType, ResourceHandler>> = {
  postern_authentication_policy: policyResource('AuthenticationPolicy'),
  postern_external_user_policy: policyResource('ExternalUserPolicy'),
  postern_ip_allowlist: allowlistResource,
  postern_membership: membershipResource,
}

const dataSources: Readonly<Record<DataSourceType, DataSourceHandler>> = {
  postern_accounts: accountsSource,
  postern_coverage: coverageSource,
  postern_organization: organizationSource,
  postern_policy_folder: policyFolderSource,
}

/** The provider, for the process whose environment this is. `world` stands for parts of the machine, for tests. */
export function createProvider(env: World['env'], world: Partial<World> = {}): Provider {
  const machine: World = {
    env,
    now: () => new Date(),
    random: Math.random,
    path: folder => resolve(folder),
    network: {},
    ...world,
  }
  const stopped = new AbortController()
  const stoppedReading = new AbortController()
  const today = () => machine.now().toISOString().slice(0, 10)
  let configured: Configured | undefined
  const resource = (type: string): ResourceHandler => resources[type as ResourceType]
  const dataSource = (type: string): DataSourceHandler => dataSources[type as DataSourceType]

  return {
    schemas,
    validateProvider: config => Promise.resolve(providerProblems(config, today())),
    configure: config => {
      const made = configure(config, machine, { stop: stopped.signal, stopReading: stoppedReading.signal })
      configured = made.configured
      return Promise.resolve(made.problems)
    },
    validateResource: (type, config) => Promise.resolve(resource(type).validate(config, configured, today())),
    validateDataSource: (type, config) => Promise.resolve(dataSource(type).validate(config)),
    upgrade: (type, _version, state) =>
      Promise.resolve({ problems: [], state: valueFrom(schemas.resources[type as ResourceType], state) }),
    read: (type, state, kept) =>
      configured === undefined
        ? Promise.resolve({ problems: [notConfigured], state })
        : resource(type).read(state, kept, configured),
    plan: (type, input) => {
      const missing =
        configured === undefined
          ? notConfigured
          : input.config !== null && !configured.isDeclared
            ? notDeclared
            : undefined
      return configured === undefined || missing !== undefined
        ? Promise.resolve({ problems: missing === undefined ? [] : [missing], planned: input.proposed })
        : resource(type).plan(input, configured)
    },
    apply: (type, input) =>
      configured === undefined
        ? Promise.resolve({ problems: [notConfigured], state: input.prior })
        : resource(type).apply(input, configured),
    import: (type, id) =>
      configured === undefined
        ? Promise.resolve({ problems: [notConfigured], imported: [] })
        : resource(type).import(id, configured),
    readDataSource: (type, config) => {
      if (configured === undefined) return Promise.resolve({ problems: [notConfigured], state: null })
      // Terraform waits until it is known; who asks all the same gets nothing that is made up.
      if (hasUnknown(config)) return Promise.resolve({ problems: [], state: unknown })
      return dataSource(type).read(config, configured)
    },
    stop: () => {
      stopped.abort()
      // An apply that ends early still looks at what it did.
      if (configured?.alone.isBusy() !== true) stoppedReading.abort()
    },
    // What is under way ends first: nobody is to be left with half of it.
    close: async () => {
      await configured?.alone(() => Promise.resolve())
      await configured?.view.close()
    },
  }
}

const notDeclared: Problem = error(
  'the provider block does not say what the organization is',
  'Its directories, identity providers, limits and approvals decide what is safe: give `organization_document`, or `organization` beside `organization_id`. Only data sources go without.',
)

const notConfigured: Problem = error('the provider is not configured: no call but those that check was expected')

/** A state that an earlier version kept, as a value of the present schema: what is not in it is null, and what the schema does not have is dropped. */
function valueFrom({ attributes }: Pick<Schema, 'attributes'>, state: Json): ValueObject {
  const kept = isObject(state) ? state : {}
  return Object.fromEntries(
    Object.keys(attributes).map(name => [name, (Object.hasOwn(kept, name) ? kept[name] : null) as Value]),
  )
}
