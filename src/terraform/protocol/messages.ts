import protobuf from 'protobufjs/light.js'

/**
 * The messages of Terraform's plugin protocol 6.5 and of go-plugin, as far as they are used: each field with its type and number. No name goes over the wire, so they are flat. Fields that are not
 * here are passed over when they come.
 */
const fields = {
  Empty: {},
  DynamicValue: { msgpack: 'bytes 1', json: 'bytes 2' },
  Diagnostic: { severity: 'int32 1', summary: 'string 2', detail: 'string 3', attribute: 'AttributePath 4' },
  AttributePath: { steps: 'repeated AttributeStep 1' },
  AttributeStep: { attributeName: 'string 1', elementKeyString: 'string 2', elementKeyInt: 'int64 3' },
  RawState: { json: 'bytes 1', flatmap: 'map string 2' },
  Schema: { version: 'int64 1', block: 'Block 2' },
  Block: {
    version: 'int64 1',
    attributes: 'repeated Attribute 2',
    description: 'string 4',
    descriptionKind: 'int32 5',
  },
  Attribute: {
    name: 'string 1',
    type: 'bytes 2',
    description: 'string 3',
    required: 'bool 4',
    optional: 'bool 5',
    computed: 'bool 6',
    sensitive: 'bool 7',
    descriptionKind: 'int32 8',
    deprecated: 'bool 9',
    nestedType: 'NestedObject 10',
    writeOnly: 'bool 11',
  },
  NestedObject: { attributes: 'repeated Attribute 1', nesting: 'int32 3' },
  ServerCapabilities: { planDestroy: 'bool 1', getProviderSchemaOptional: 'bool 2', moveResourceState: 'bool 3' },
  TypeName: { typeName: 'string 1' },
  GetMetadataResponse: {
    serverCapabilities: 'ServerCapabilities 1',
    diagnostics: 'repeated Diagnostic 2',
    dataSources: 'repeated TypeName 3',
    resources: 'repeated TypeName 4',
  },
  GetProviderSchemaResponse: {
    provider: 'Schema 1',
    resourceSchemas: 'map Schema 2',
    dataSourceSchemas: 'map Schema 3',
    diagnostics: 'repeated Diagnostic 4',
    serverCapabilities: 'ServerCapabilities 6',
  },
  ValidateProviderConfigRequest: { config: 'DynamicValue 1' },
  ValidateProviderConfigResponse: { diagnostics: 'repeated Diagnostic 2' },
  ConfigureProviderRequest: { terraformVersion: 'string 1', config: 'DynamicValue 2' },
  ConfigRequest: { typeName: 'string 1', config: 'DynamicValue 2' },
  DiagnosticsResponse: { diagnostics: 'repeated Diagnostic 1' },
  UpgradeResourceStateRequest: { typeName: 'string 1', version: 'int64 2', rawState: 'RawState 3' },
  UpgradeResourceStateResponse: { upgradedState: 'DynamicValue 1', diagnostics: 'repeated Diagnostic 2' },
  ReadResourceRequest: { typeName: 'string 1', currentState: 'DynamicValue 2', private: 'bytes 3' },
  ReadResourceResponse: { newState: 'DynamicValue 1', diagnostics: 'repeated Diagnostic 2', private: 'bytes 3' },
  PlanResourceChangeRequest: {
    typeName: 'string 1',
    priorState: 'DynamicValue 2',
    proposedNewState: 'DynamicValue 3',
    config: 'DynamicValue 4',
    priorPrivate: 'bytes 5',
  },
  PlanResourceChangeResponse: {
    plannedState: 'DynamicValue 1',
    requiresReplace: 'repeated AttributePath 2',
    plannedPrivate: 'bytes 3',
    diagnostics: 'repeated Diagnostic 4',
  },
  ApplyResourceChangeRequest: {
    typeName: 'string 1',
    priorState: 'DynamicValue 2',
    plannedState: 'DynamicValue 3',
    config: 'DynamicValue 4',
    plannedPrivate: 'bytes 5',
  },
  ApplyResourceChangeResponse: {
    newState: 'DynamicValue 1',
    private: 'bytes 2',
    diagnostics: 'repeated Diagnostic 3',
  },
  ImportResourceStateRequest: { typeName: 'string 1', id: 'string 2' },
  ImportedResource: { typeName: 'string 1', state: 'DynamicValue 2', private: 'bytes 3' },
  ImportResourceStateResponse: {
    importedResources: 'repeated ImportedResource 1',
    diagnostics: 'repeated Diagnostic 2',
  },
  ReadDataSourceResponse: { state: 'DynamicValue 1', diagnostics: 'repeated Diagnostic 2' },
  GetFunctionsResponse: { diagnostics: 'repeated Diagnostic 2' },
  StopProviderResponse: { error: 'string 1' },
  HealthCheckResponse: { status: 'int32 1' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

export type MessageName = keyof typeof fields

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(fields).map(([name, members]) => [
      name,
      {
        fields: Object.fromEntries(Object.entries(members).map(([field, text]) => [field, described(text)])),
        // One of them is always sent, also where it is zero or empty.
        ...(name === 'AttributeStep' && { oneofs: { selector: { oneof: Object.keys(members) } } }),
      },
    ]),
  ),
})

function described(text: string): protobuf.IField | protobuf.IMapField {
  const [id = '', type = '', rule] = text.split(' ').reverse()
  if (rule === 'map') return { keyType: 'string', type, id: Number(id) }
  return { type, id: Number(id), ...(rule !== undefined && { rule }) }
}

/** The bytes of a message. */
export function encodeMessage(name: MessageName, content: object): Uint8Array {
  const type = root.lookupType(name)
  return type.encode(type.fromObject(content)).finish()
}

/** The content of a message, every field of it: what did not come is null, zero or empty. Throws for bytes that are none. */
export function decodeMessage(name: MessageName, bytes: Uint8Array): object {
  const type = root.lookupType(name)
  return type.toObject(type.decode(bytes), { defaults: true, longs: Number })
}
