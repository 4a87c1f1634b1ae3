import type { Resource } from '../kinds/resource.ts'
import type { RunOrigin } from '../model/run-record.ts'
import type { ConfigurationSource } from '../operations/resources/configuration-files.ts'
import type { OrganizationView } from '../operations/resources/organization-view.ts'
import type { OneAtATime } from './one-at-a-time.ts'
import type { Claims } from './resources/adopting.ts'
import type { World } from './world.ts'

/** What the provider works with once it is configured. */
export interface Configured {
  readonly world: World
  readonly view: OrganizationView
  /** The Organization document, as it is checked together with others. */
  readonly organizationSource: ConfigurationSource
  /** The same as a resource. */
  readonly organization: Resource<'Organization'>
  readonly allow: readonly string[]
  readonly author: string | undefined
  /** The folder for plans that wait for approvals, as it was given. */
  readonly plans: string | undefined
  readonly origin: RunOrigin
  /** Names a run. */
  readonly run: () => string
  /** Terraform was interrupted. */
  readonly stop: AbortSignal
  /** Whether the provider block says what the organization is. Without that nothing is planned. */
  readonly isDeclared: boolean
  /** One at a time: what changes the organization or the ledger. */
  readonly alone: OneAtATime
  readonly claims: Claims
}

/** The day it is, in UTC. */
export const todayOf = ({ world }: Pick<Configured, 'world'>): string => world.now().toISOString().slice(0, 10)
