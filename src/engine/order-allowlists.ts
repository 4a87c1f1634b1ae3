import { foldItems } from '../kinds/compare.ts'
import { formatAddress } from '../model/address.ts'
import type { FieldChange } from '../model/change.ts'
import { isStrings, type Json } from '../model/json.ts'
import type { Step } from '../model/plan.ts'
import type { Edge, OrderInput } from './order-steps.ts'

/** A site is never without the addresses that it keeps: the allowlist that gains something comes before the one that loses it. */
export function allowlistEdges({ steps, live, desired }: OrderInput): readonly Edge[] {
  const resourcesOf = (step: Step): ReadonlySet<string> => {
    const change = step.changes.find(({ path }) => path === 'resources')
    const object = live.objects.find(({ address }) => formatAddress(address) === formatAddress(step))
    const seen = object?.fields['resources']
    const declared = desired.IpAllowlist.find(({ spec }) => spec.name === step.name)?.spec.resources
    return new Set([
      ...items(change?.before),
      ...items(change?.after),
      ...items(seen?.state === 'known' ? seen.value : undefined),
      ...(declared ?? []),
    ])
  }
  const own = steps.filter(({ kind }) => kind === 'IpAllowlist')
  return own.filter(narrows).flatMap(narrowed => {
    const covered = resourcesOf(narrowed)
    return own
      .filter(other => other !== narrowed && widens(other) && [...resourcesOf(other)].some(id => covered.has(id)))
      .map(other => ({
        step: narrowed.id,
        after: other.id,
        why: `“${other.name}” guards a site of “${narrowed.name}”, too`,
      }))
  })
}

const widens = ({ action, changes }: Step): boolean =>
  action === 'create' || (action === 'update' && changes.some(change => gains(change.before, change.after, change)))

const narrows = ({ action, changes }: Step): boolean =>
  action === 'delete' || (action === 'update' && changes.some(change => gains(change.after, change.before, change)))

/** Whether `to` holds addresses or sites that `from` does not, or is in force and `from` is not. */
function gains(from: Json | undefined, to: Json | undefined, { path }: FieldChange): boolean {
  if (path === 'enabled') return to === true && from !== true
  if (path !== 'ranges' && path !== 'resources') return false
  const had = foldItems(items(from))
  return [...foldItems(items(to))].some(item => !had.has(item))
}

const items = (value: Json | undefined): readonly string[] => (isStrings(value) ? value : [])
