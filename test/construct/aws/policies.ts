import type { Synthesized } from './synth.ts'

/** One statement of a synthesized policy, and where it stands. */
export interface Found {
  readonly where: string
  readonly type: string
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: unknown
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Every statement of every policy of a stack, wherever a text is one. */
export function statementsOf({ resources }: Pick<Synthesized, 'resources'>): readonly Found[] {
  const found: Found[] = []
  for (const [type, all] of Object.entries(resources))
    for (const [name, resource] of Object.entries(all))
      for (const [member, value] of Object.entries(resource)) {
        if (typeof value !== 'string' || !value.includes('"Statement"')) continue
        const { Statement } = JSON.parse(value) as { readonly Statement: readonly Found[] }
        found.push(...Statement.map(statement => ({ ...statement, type, where: `${type}.${name}.${member}` })))
      }
  return found
}

const listOf = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === 'string' ? [value] : value

/** Resources that are more than one thing, and may be so. */
const mayEndOpen = [
  // Objects below a prefix that has a name.
  /^arn:aws:s3:::[a-z0-9.-]+\/[a-z]+[a-z/]*\/\*$/,
  // Streams of one log group.
  /^arn:aws:logs:[\w-]+:\d{12}:log-group:\/aws\/lambda\/[\w-]+:log-stream:\*$/,
  // Of a fleet: secrets below a name, and runs of one state machine, whose names are made up when they start.
  /^arn:aws:secretsmanager:[\w-]+:\d{12}:secret:[\w-]+\/(read|write)-key\/\*$/,
  /^arn:aws:states:[\w-]+:\d{12}:execution:[\w-]+:\*$/,
]

const isExact = (resource: string): boolean =>
  /^\$\{aws_\w+\.[\w-]+\.arn\}$/.test(resource) || /^arn:aws:[a-z0-9-]+:[\w-]*:(\d{12})?:[^*?]+$/.test(resource)

/** What a statement allows that it should not: wildcards in actions, resources that are not named, everybody. */
export function tooWide({ Effect, Action, Resource, Principal, Condition, type }: Found): readonly string[] {
  // What is forbidden may be as wide as it likes.
  if (Effect === 'Deny') return []
  const isKey = type === 'aws_kms_key'
  return [
    ...listOf(Action).filter(action => /[*?]/.test(action)),
    ...listOf(Resource).filter(
      // In the policy of a key `*` is the key itself.
      resource => !(isKey && resource === '*') && !isExact(resource) && !mayEndOpen.some(form => form.test(resource)),
    ),
    ...(JSON.stringify(Principal ?? '').includes('*') ? ['everybody'] : []),
    ...Object.keys(Condition ?? {}).filter(operator => /Like|IfExists|ForAllValues/.test(operator)),
  ]
}
