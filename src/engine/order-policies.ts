import { kinds } from '../kinds/index.ts'
import { valueAt } from '../kinds/path.ts'
import { formatAddress } from '../model/address.ts'
import type { FieldChange } from '../model/change.ts'
import type { Json } from '../model/json.ts'
import type { Direction, Step } from '../model/plan.ts'
import { directionOf } from './direction.ts'
import type { Edge, OrderInput } from './order-steps.ts'

/** Whoever must not be shut out is out of a policy before single sign-on is enforced there. */
export const singleSignOnAfterLeaving = ({ steps, precious }: OrderInput): readonly Edge[] =>
  settingSteps(steps).flatMap(step =>
    step.changes.some(({ path, after }) => path === 'settings.singleSignOn' && after === 'enforced')
      ? movesOutOf(step.name, steps)
          .filter(({ accounts = [] }) =>
            accounts.some(({ account, from }) => from === step.name && precious.has(account.accountId ?? '')),
          )
          .map(move => ({
            step: step.id,
            after: move.id,
            why: `it takes accounts out of “${step.name}” that single sign-on could shut out`,
          }))
      : [],
  )

/** Tighten before claiming: accounts do not pass through a policy that is weaker than the one they leave and than it will be. Only what evidence shows counts. */
export const tightenBeforeEntering = (input: OrderInput): readonly Edge[] =>
  settingSteps(input.steps)
    .filter(({ action }) => action === 'update')
    .flatMap(step =>
      input.steps
        .filter(({ action, name }) => action === 'move' && name === step.name)
        .flatMap(move => {
          const left = [...new Set((move.accounts ?? []).map(({ from }) => from))]
          const change = step.changes.find(
            ({ path, before, after }) =>
              before !== undefined &&
              direction(path, before, after) === 'tightens' &&
              left.some(name => direction(path, knownOf(input, name, path), before) === 'loosens'),
          )
          return change === undefined ? [] : [{ step: move.id, after: step.id, why: whyTighten(step, change) }]
        }),
    )

/** Whoever leaves a policy for a stricter one is out of it before it is loosened. */
export const loosenAfterLeaving = (input: OrderInput): readonly Edge[] =>
  settingSteps(input.steps)
    .filter(({ action }) => action === 'update')
    .flatMap(step =>
      movesOutOf(step.name, input.steps).flatMap(move => {
        const entered = input.desired.AuthenticationPolicy.find(({ spec }) => spec.name === move.name)
        const change = step.changes.find(({ path, before, after }) => {
          const stricter = (entered && valueAt(entered.spec, path)) ?? knownOf(input, move.name, path)
          return direction(path, before, after) === 'loosens' && direction(path, after, stricter) === 'tightens'
        })
        return change === undefined
          ? []
          : [
              {
                step: step.id,
                after: move.id,
                why: `it takes accounts into “${move.name}”, where ${labelOf(change.path)} stays strict`,
              },
            ]
      }),
    )

const settingSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ channel, kind }) => channel === 'console' && kind === 'AuthenticationPolicy')

const movesOutOf = (policy: string, steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ action, accounts = [] }) => action === 'move' && accounts.some(({ from }) => from === policy))

const whyTighten = ({ name }: Step, { path }: FieldChange): string =>
  `until then ${labelOf(path)} of “${name}” is weaker than where the accounts come from`

const labelOf = (path: string): string => kinds.AuthenticationPolicy.fields[path]?.label ?? path

function direction(path: string, before: Json | undefined, after: Json | undefined): Direction {
  const field = kinds.AuthenticationPolicy.fields[path]
  return field === undefined || before === undefined || after === undefined
    ? 'unknown'
    : directionOf(field, before, after)
}

/** What current evidence shows of a setting of a declared policy. */
function knownOf({ live }: OrderInput, name: string, path: string): Json | undefined {
  const address = formatAddress({ kind: 'AuthenticationPolicy', name })
  const field = live.objects.find(object => formatAddress(object.address) === address)?.fields[path]
  return field?.state === 'known' ? field.value : undefined
}
