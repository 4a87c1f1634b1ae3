import type { Schema } from '../../blocks/schema.ts'
import type { Json } from '../../model/json.ts'
import type { Problem, Provider } from '../contract.ts'
import type { MessageName } from './messages.ts'
import { pathMessage, problemMessage } from './problem-message.ts'
import type { Requests } from './requests.ts'
import { schemaMessage } from './schema-message.ts'
import { wireFault } from './wire-fault.ts'
import { wireValues, type WireValues } from './wire-values.ts'

/** One call of the service `tfplugin6.Provider`. */
export interface ProviderCall<Name extends keyof Requests = keyof Requests> {
  readonly request: Name
  readonly response: MessageName
  readonly answer: (provider: Provider, request: Requests[Name]) => Promise<object>
  /** What the answer holds beside the error where there is none: Terraform takes a state that is left out for an object that is gone. */
  readonly otherwise?: (request: Requests[Name]) => object
}

const call = <Name extends keyof Requests>(
  request: Name,
  response: MessageName,
  answer: ProviderCall<Name>['answer'],
  otherwise?: ProviderCall<Name>['otherwise'],
): ProviderCall => ({ request, response, answer, ...(otherwise && { otherwise }) }) as ProviderCall

const serverCapabilities = { planDestroy: true, getProviderSchemaOptional: true, moveResourceState: false }

/** The calls by name. Those of functions, ephemeral resources and moves are not among them: Terraform takes that for an answer. */
export const providerCalls: Readonly<Record<string, ProviderCall>> = {
  GetMetadata: call('Empty', 'GetMetadataResponse', ({ schemas }) =>
    Promise.resolve({
      serverCapabilities,
      resources: typeNames(schemas.resources),
      dataSources: typeNames(schemas.dataSources),
    }),
  ),
  GetProviderSchema: call('Empty', 'GetProviderSchemaResponse', ({ schemas }) =>
    Promise.resolve({
      serverCapabilities,
      provider: schemaMessage(schemas.provider),
      resourceSchemas: schemaMessages(schemas.resources),
      dataSourceSchemas: schemaMessages(schemas.dataSources),
    }),
  ),
  // Terraform asks even where it was told that there are none.
  GetFunctions: call('Empty', 'GetFunctionsResponse', () => Promise.resolve({})),
  ValidateProviderConfig: call(
    'ValidateProviderConfigRequest',
    'ValidateProviderConfigResponse',
    async (provider, { config }) =>
      told(await provider.validateProvider(wireValues(provider.schemas.provider).object(config))),
  ),
  ConfigureProvider: call(
    'ConfigureProviderRequest',
    'DiagnosticsResponse',
    async (provider, { config, terraformVersion }) =>
      told(await provider.configure(wireValues(provider.schemas.provider).object(config), terraformVersion)),
  ),
  ValidateResourceConfig: call('ConfigRequest', 'DiagnosticsResponse', async (provider, { typeName, config }) =>
    told(await provider.validateResource(typeName, resource(provider, typeName).object(config))),
  ),
  ValidateDataResourceConfig: call('ConfigRequest', 'DiagnosticsResponse', async (provider, { typeName, config }) =>
    told(await provider.validateDataSource(typeName, dataSource(provider, typeName).object(config))),
  ),
  UpgradeResourceState: call(
    'UpgradeResourceStateRequest',
    'UpgradeResourceStateResponse',
    async (provider, { typeName, version, rawState }) => {
      const values = resource(provider, typeName)
      const { problems, state } = await provider.upgrade(typeName, version, jsonOf(rawState))
      return { ...told(problems), upgradedState: values.encode(state) }
    },
  ),
  ReadResource: call(
    'ReadResourceRequest',
    'ReadResourceResponse',
    async (provider, { typeName, currentState, private: kept }) => {
      const values = resource(provider, typeName)
      const { problems, state, ...next } = await provider.read(typeName, values.object(currentState), kept)
      return { ...told(problems), newState: values.encode(state), private: next.private ?? kept }
    },
    ({ currentState, private: kept }) => ({ newState: currentState, private: kept }),
  ),
  PlanResourceChange: call(
    'PlanResourceChangeRequest',
    'PlanResourceChangeResponse',
    async (provider, { typeName, priorState, proposedNewState, config, priorPrivate }) => {
      const values = resource(provider, typeName)
      const { problems, planned, requiresReplace, ...next } = await provider.plan(typeName, {
        config: values.objectOrNull(config),
        prior: values.objectOrNull(priorState),
        proposed: values.objectOrNull(proposedNewState),
        private: priorPrivate,
      })
      return {
        ...told(problems),
        plannedState: values.encode(planned),
        requiresReplace: (requiresReplace ?? []).map(pathMessage),
        plannedPrivate: next.private ?? priorPrivate,
      }
    },
  ),
  ApplyResourceChange: call(
    'ApplyResourceChangeRequest',
    'ApplyResourceChangeResponse',
    async (provider, { typeName, priorState, plannedState, config, plannedPrivate }) => {
      const values = resource(provider, typeName)
      const { problems, state, ...next } = await provider.apply(typeName, {
        config: values.objectOrNull(config),
        prior: values.objectOrNull(priorState),
        planned: values.objectOrNull(plannedState),
        private: plannedPrivate,
      })
      return { ...told(problems), newState: values.encode(state), private: next.private ?? plannedPrivate }
    },
    ({ priorState, plannedPrivate }) => ({ newState: priorState, private: plannedPrivate }),
  ),
  ImportResourceState: call(
    'ImportResourceStateRequest',
    'ImportResourceStateResponse',
    async (provider, { typeName, id }) => {
      resource(provider, typeName)
      const { problems, imported } = await provider.import(typeName, id)
      return {
        ...told(problems),
        importedResources: imported.map(({ type, state, ...more }) => ({
          typeName: type,
          state: resource(provider, type).encode(state),
          private: more.private ?? new Uint8Array(),
        })),
      }
    },
  ),
  ReadDataSource: call('ConfigRequest', 'ReadDataSourceResponse', async (provider, { typeName, config }) => {
    const values = dataSource(provider, typeName)
    const { problems, state } = await provider.readDataSource(typeName, values.object(config))
    return { ...told(problems), state: values.encode(state) }
  }),
  StopProvider: call('Empty', 'StopProviderResponse', provider => {
    provider.stop()
    return Promise.resolve({})
  }),
}

const told = (problems: readonly Problem[]) => ({ diagnostics: problems.map(problemMessage) })

const typeNames = (schemas: Readonly<Record<string, Schema>>) =>
  Object.keys(schemas)
    .sort()
    .map(typeName => ({ typeName }))

const schemaMessages = (schemas: Readonly<Record<string, Schema>>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaMessage(schema)]))

const resource = ({ schemas }: Provider, type: string): WireValues => valuesOf(schemas.resources, type, 'resource')

const dataSource = ({ schemas }: Provider, type: string): WireValues =>
  valuesOf(schemas.dataSources, type, 'data source')

function valuesOf(schemas: Readonly<Record<string, Schema>>, type: string, what: string): WireValues {
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined
  if (schema === undefined) throw wireFault(`is of a type that is no ${what} of this provider: ${type.slice(0, 100)}`)
  return wireValues(schema)
}

function jsonOf(state: Requests['UpgradeResourceStateRequest']['rawState']): Json {
  if (state === null || state.json.length === 0)
    throw wireFault(
      Object.keys(state?.flatmap ?? {}).length > 0 ? 'is a state of Terraform 0.11, which is not read' : 'is missing',
    )
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(state.json)) as Json
  } catch {
    throw wireFault('is not valid JSON')
  }
}
