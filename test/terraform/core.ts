import { isValueObject, unknown, type Value, type ValueObject } from '../../src/blocks/value.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import type { Attributes, Schema } from '../../src/blocks/schema.ts'
import type { Planned, Problem, Provider } from '../../src/terraform/contract.ts'

/** What Terraform core does around a provider, and what it checks of the answers. */
export interface Core {
  readonly provider: Provider
  configure(config: ValueObject): Promise<readonly Problem[]>
  validate(type: string, config: ValueObject): Promise<readonly Problem[]>
  /** Plans one resource: `null` as the configuration destroys it. */
  plan(type: string, config: ValueObject | null, prior?: ValueObject | null): Promise<PlannedChange>
  /** Carries out what was planned. Nothing where planning failed. */
  apply(change: PlannedChange): Promise<AppliedChange>
  /** Plans and applies. */
  change(type: string, config: ValueObject | null, prior?: ValueObject | null): Promise<AppliedChange>
  refresh(type: string, state: ValueObject): Promise<{ state: ValueObject | null; problems: readonly Problem[] }>
  data(type: string, config: ValueObject): Promise<{ state: Value; problems: readonly Problem[] }>
}

export interface PlannedChange {
  readonly type: string
  readonly config: ValueObject | null
  readonly prior: ValueObject | null
  readonly planned: ValueObject | null
  readonly problems: readonly Problem[]
  readonly requiresReplace: Planned['requiresReplace']
  readonly kept: Uint8Array
}

export interface AppliedChange {
  readonly state: ValueObject | null
  readonly problems: readonly Problem[]
}

const schemaOf = (type: string): Schema =>
  (schemas.resources as Readonly<Record<string, Schema>>)[type] ??
  (schemas.dataSources as Readonly<Record<string, Schema>>)[type] ??
  schemas.provider

const errors = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error')

/** A value with every attribute: null where nothing was given. */
export function filled(attributes: Attributes, value: ValueObject): ValueObject {
  const strange = Object.keys(value).filter(name => attributes[name] === undefined)
  if (strange.length > 0) throw new Error(`no such attribute: ${strange.join(', ')}`)
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { nested }]) => {
      const given = value[name] ?? null
      if (nested === undefined || given === null || given === unknown) return [name, given]
      const inner = (item: Value): Value => (isValueObject(item) ? filled(nested.attributes, item) : item)
      if (nested.nesting === 'single') return [name, inner(given)]
      if (Array.isArray(given)) return [name, (given as readonly Value[]).map(inner)]
      return [name, Object.fromEntries(Object.entries(given as ValueObject).map(([key, item]) => [key, inner(item)]))]
    }),
  )
}

export function coreOf(provider: Provider): Core {
  const empty = new Uint8Array()

  const core: Core = {
    provider,
    configure: async given => {
      const config = filled(schemas.provider.attributes, given)
      const wrong = await provider.validateProvider(config)
      return errors(wrong).length > 0 ? wrong : provider.configure(config, '1.11.4')
    },
    validate: (type, config) => provider.validateResource(type, filled(schemaOf(type).attributes, config)),
    async plan(type, given, prior = null) {
      const { attributes } = schemaOf(type)
      const config = given === null ? null : filled(attributes, given)
      const common = { type, config, prior }
      if (config !== null) {
        const wrong = errors(await provider.validateResource(type, config))
        if (wrong.length > 0) return { ...common, planned: prior, problems: wrong, requiresReplace: [], kept: empty }
      }
      const proposed: ValueObject | null =
        config === null
          ? null
          : Object.fromEntries(
              Object.entries(attributes).map(([name, { computed }]): readonly [string, Value] => [
                name,
                computed === true && config[name] === null ? (prior?.[name] ?? null) : (config[name] ?? null),
              ]),
            )
      const made = await provider.plan(type, { prior, proposed, config, private: empty })
      if (errors(made.problems).length === 0) checkPlan(attributes, config, made.planned)
      return {
        ...common,
        planned: made.planned,
        problems: made.problems,
        requiresReplace: made.requiresReplace,
        kept: made.private ?? empty,
      }
    },
    async apply({ type, config, prior, planned, problems, kept }) {
      if (errors(problems).length > 0) return { state: prior, problems }
      const done = await provider.apply(type, { config, prior, planned, private: kept })
      if (errors(done.problems).length === 0) checkApplied(planned, done.state, type)
      return { state: done.state, problems: done.problems }
    },
    change: async (type, config, prior) => core.apply(await core.plan(type, config, prior)),
    async refresh(type, state) {
      const upgraded = await provider.upgrade(type, schemaOf(type).version, state as never)
      const read = await provider.read(type, upgraded.state ?? state, empty)
      return { state: read.state, problems: read.problems }
    },
    async data(type, given) {
      const config = filled(schemaOf(type).attributes, given)
      const wrong = errors(await provider.validateDataSource(type, config))
      return wrong.length > 0 ? { state: null, problems: wrong } : provider.readDataSource(type, config)
    },
  }
  return core
}

/** What a configuration sets is planned as it is; what it leaves out is planned only where the provider may. */
function checkPlan(attributes: Attributes, config: ValueObject | null, planned: ValueObject | null): void {
  if (config === null) {
    if (planned !== null) throw new Error('a destruction is planned as an object')
    return
  }
  if (planned === null) throw new Error('an object is planned as a destruction')
  if (Object.keys(planned).sort().join() !== Object.keys(attributes).sort().join())
    throw new Error(`planned attributes: ${Object.keys(planned).sort().join()}`)
  for (const [name, { computed }] of Object.entries(attributes)) {
    const may = computed === true && config[name] === null
    if (!may && !sameValue(config[name] ?? null, planned[name] ?? null))
      throw new Error(`\`${name}\` is planned as another value than configured`)
  }
}

/** What is known in a plan is so afterwards, and nothing stays unknown. */
function checkApplied(planned: ValueObject | null, state: ValueObject | null, type: string): void {
  if ((planned === null) !== (state === null)) throw new Error(`${type}: planned and applied differ in being there`)
  for (const [name, value] of Object.entries(planned ?? {})) {
    const after = state?.[name] ?? null
    if (after === unknown) throw new Error(`\`${name}\` is unknown after apply`)
    if (value !== unknown && !sameValue(value, after)) throw new Error(`\`${name}\` is another value after apply`)
  }
}

/** Lists of texts are sets in every schema of this provider, so their order means nothing. */
export function sameValue(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b)
}

const canonical = (value: Value): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'symbol') return 'unknown'
    if (Array.isArray(inner) && inner.every(item => typeof item === 'string')) return [...inner].sort()
    return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner
  })
