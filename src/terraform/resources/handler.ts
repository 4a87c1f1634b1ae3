import type { ValueObject } from '../../blocks/value.ts'
import type { Configured } from '../configured.ts'
import type {
  ApplyInput,
  ImportedResource,
  NewState,
  Planned,
  PlanInput,
  Private,
  Problem,
  Problems,
} from '../contract.ts'

/** What the provider does for the resources of one type. */
export interface ResourceHandler {
  /** Looks at a configuration by itself: the provider may not be configured yet. */
  validate(config: ValueObject, configured: Configured | undefined, today: string): readonly Problem[]
  read(state: ValueObject, kept: Private, configured: Configured): Promise<NewState>
  plan(input: PlanInput, configured: Configured): Promise<Planned>
  apply(input: ApplyInput, configured: Configured): Promise<NewState>
  import(id: string, configured: Configured): Promise<Problems & { readonly imported: readonly ImportedResource[] }>
}

/** An import that found nothing. */
export const notImported = (problem: Problem) => ({ problems: [problem], imported: [] })
