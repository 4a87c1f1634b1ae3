import { organizationValues, resourceValues, type ResourceKind } from '../../src/blocks/document-values.ts'
import { membershipParts } from '../../src/blocks/membership-values.ts'
import type { ValueObject } from '../../src/blocks/value.ts'
import { resolvedKinds } from '../../src/kinds/index.ts'
import type { Resource } from '../../src/kinds/resource.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { createProvider } from '../../src/terraform/provider.ts'
import type { Problem } from '../../src/terraform/contract.ts'
import { attestUnverified, carryOutConsoleSteps, desiredOf, exportFile, observeFiles } from '../operations/console.ts'
import { policiesFolder, start, valueOf, type Started, type StartOptions } from '../operations/start.ts'
import { coreOf, type Core } from './core.ts'

/** A provider beside a simulated organization, configured with the real policy folder. */
export interface ProviderWorld {
  readonly started: Started
  readonly core: Core
  /** What the folder is in Terraform: each resource by its name. */
  readonly configs: FolderConfigs
  /** Another process of the same provider, configured the same. */
  readonly again: (more?: ValueObject) => Promise<Core>
}

/** The documents of a folder as configurations. */
export interface FolderConfigs {
  /** The provider block, without approvals: guards that ask for them are lifted by `allow`. */
  readonly provider: ValueObject
  /** The same with the approvals that the folder asks for. */
  readonly approved: ValueObject
  readonly policy: (name: string) => ValueObject
  readonly external: (name: string) => ValueObject
  readonly allowlist: (name: string) => ValueObject
  readonly membership: ValueObject
}

export async function providerWorld(options: StartOptions = {}, more: ValueObject = {}): Promise<ProviderWorld> {
  const started = await start(options)
  const configs = await configsOf(started, policiesFolder)
  const again = async (other: ValueObject = more): Promise<Core> => {
    const core = newCore(started)
    const problems = await core.configure({ ...configs.provider, ...other })
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    return core
  }
  return { started, core: await again(), configs, again }
}

/** A provider that is not configured yet. */
export function newCore({ connection, ledgerFolder, now }: Started, env: Readonly<Record<string, string>> = {}): Core {
  const { transport, sleep, clock, random } = connection
  let runs = 0
  const provider = createProvider(
    { POSTERN_API_KEY: connection.apiKey, POSTERN_LEDGER: ledgerFolder, USER: 'alice', ...env },
    {
      now,
      random: () => (runs = (runs + 0.001) % 1),
      network: {
        ...(transport && { transport }),
        ...(sleep && { sleep }),
        ...(clock && { clock }),
        ...(random && { random }),
      },
    },
  )
  return coreOf(provider)
}

export async function configsOf(started: Started, folder: string): Promise<FolderConfigs> {
  const desired = await desiredOf(started, folder)
  const documents = resolvedKinds.flatMap(kind =>
    (desired[kind] as readonly Resource[]).map(({ address, spec }) => ({
      kind,
      name: address.name,
      spec: spec,
    })),
  )
  const byName = (kind: ResourceKind, name: string): ValueObject => {
    const found = documents.find(document => document.kind === kind && document.name === name)
    if (found === undefined) throw new Error(`no ${kind} ${name}`)
    const spec = found.spec as unknown as JsonObject
    const id = spec['id']
    const values = resourceValues(kind, spec, { id: typeof id === 'string' ? id : null, document: null })
    const computed = kind === 'AuthenticationPolicy' ? ['document'] : ['document', 'id']
    return Object.fromEntries(Object.entries(values).filter(([attribute]) => !computed.includes(attribute)))
  }
  const approved = organizationValues(desired.organization.spec)
  return {
    provider: { ...approved, organization: { ...approved.organization, approvals: null } },
    approved,
    policy: name => byName('AuthenticationPolicy', name),
    external: name => byName('ExternalUserPolicy', name),
    allowlist: name => byName('IpAllowlist', name),
    membership: membershipParts(documents, text => text),
  }
}

/** Sets the console as the folder says, and takes the evidence in. */
export async function prove(started: Started, folder = policiesFolder): Promise<void> {
  await carryOutConsoleSteps(started, valueOf(await started.plan(folder)))
  valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
  await carryOutConsoleSteps(started, valueOf(await started.plan(folder)))
  started.clock.time += 60_000
  valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
  await attestUnverified(started, folder, valueOf(await started.plan(folder)))
  // External policies take ten minutes to hold.
  started.clock.time += 11 * 60_000
}

/** What problems say, one line each. */
export const summaries = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ severity, summary }) => `${severity}: ${summary}`)

export const errorsOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error')

/** A text among the values of a resource. */
export function textIn(values: ValueObject | null, name: string): string {
  const value = values?.[name]
  if (typeof value !== 'string') throw new Error(`${name} is no text`)
  return value
}
