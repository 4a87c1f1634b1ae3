import type { DynamicValue } from './wire-values.ts'

/** What Terraform sends, by the message. Every field is there: protocol buffers know no missing one. */
export interface Requests {
  readonly ValidateProviderConfigRequest: { readonly config: DynamicValue }
  readonly ConfigureProviderRequest: { readonly terraformVersion: string; readonly config: DynamicValue }
  readonly ConfigRequest: { readonly typeName: string; readonly config: DynamicValue }
  readonly UpgradeResourceStateRequest: {
    readonly typeName: string
    readonly version: number
    readonly rawState: { readonly json: Uint8Array; readonly flatmap: Readonly<Record<string, string>> } | null
  }
  readonly ReadResourceRequest: {
    readonly typeName: string
    readonly currentState: DynamicValue
    readonly private: Uint8Array
  }
  readonly PlanResourceChangeRequest: {
    readonly typeName: string
    readonly priorState: DynamicValue
    readonly proposedNewState: DynamicValue
    readonly config: DynamicValue
    readonly priorPrivate: Uint8Array
  }
  readonly ApplyResourceChangeRequest: {
    readonly typeName: string
    readonly priorState: DynamicValue
    readonly plannedState: DynamicValue
    readonly config: DynamicValue
    readonly plannedPrivate: Uint8Array
  }
  readonly ImportResourceStateRequest: { readonly typeName: string; readonly id: string }
  readonly Empty: object
}
