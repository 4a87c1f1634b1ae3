import type { Live } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import type { Step } from '../model/plan.ts'
import { allowlistEdges } from './order-allowlists.ts'
import { loosenAfterLeaving, singleSignOnAfterLeaving, tightenBeforeEntering } from './order-policies.ts'

/** One step that waits for another one, by their ids, and why. */
export interface Edge {
  readonly step: string
  readonly after: string
  readonly why: string
}

/** What the order of steps is worked out from. */
export interface OrderInput {
  readonly steps: readonly Step[]
  readonly desired: Desired
  readonly live: Pick<Live, 'objects'>
  /** Ids of accounts that must not be shut out on the way: break-glass accounts and organization admins. */
  readonly precious: ReadonlySet<string>
}

/**
 * Puts steps into an order in which no state in between is worse than both ends, as far as current evidence tells: a step depends on what must come before it, and is
 * blocked where a person has to do one of the two.
 */
export function orderSteps(given: OrderInput): readonly Step[] {
  const input = { ...given, steps: [...given.steps].sort(byKind) }
  // The first rule is the most urgent one: where two of them contradict each other, the later one gives way.
  const wanted = [
    ...singleSignOnAfterLeaving(input),
    ...tightenBeforeEntering(input),
    ...loosenAfterLeaving(input),
    ...allowlistEdges(input),
  ]
  return blocked(afterWhatTheyDependOn(withEdges(input.steps, wanted)))
}

const kindOrder = ['AuthenticationPolicy', 'ExternalUserPolicy', 'IpAllowlist']

const actionOrder = ['create', 'update', 'confirm', 'move', 'restore', 'suspend', 'delete']

/** By kind in the order of the waves, then name, then what must come first of one object. */
const byKind = (a: Step, b: Step): number =>
  kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) ||
  compareText(a.name, b.name) ||
  actionOrder.indexOf(a.action) - actionOrder.indexOf(b.action) ||
  compareText(a.channel, b.channel)

interface Waiting {
  readonly step: Step
  readonly because: readonly Edge[]
}

/** Adds edges one by one. One that would close a circle is left out: accounts that change places in two policies can have no perfect order. */
function withEdges(steps: readonly Step[], edges: readonly Edge[]): readonly Waiting[] {
  const before = new Map(steps.map(({ id, dependsOn }) => [id, new Set(dependsOn)]))
  const leadsTo = (from: string, to: string): boolean =>
    from === to || [...(before.get(from) ?? [])].some(next => leadsTo(next, to))
  const kept = edges.filter(({ step, after }) => {
    const own = before.get(step)
    if (own === undefined || !before.has(after) || leadsTo(after, step)) return false
    own.add(after)
    return true
  })
  return steps.map(step => ({
    step: { ...step, dependsOn: [...(before.get(step.id) ?? [])].sort(compareText) },
    because: kept.filter(edge => edge.step === step.id),
  }))
}

/** Moves a step behind what it depends on, and nothing else. */
function afterWhatTheyDependOn(steps: readonly Waiting[]): readonly Waiting[] {
  const ids = new Set(steps.map(({ step }) => step.id))
  const done = new Set<string>()
  const sorted: Waiting[] = []
  let left = steps
  while (left.length > 0) {
    const next = left.find(({ step }) => step.dependsOn.every(id => done.has(id) || !ids.has(id))) ?? left[0]
    if (next === undefined) break
    done.add(next.step.id)
    sorted.push(next)
    left = left.filter(other => other !== next)
  }
  return sorted
}

/** A step waits for a person where what it depends on is done in the console, and a person waits for what an apply does. */
function blocked(sorted: readonly Waiting[]): readonly Step[] {
  const steps = new Map(sorted.map(({ step }) => [step.id, step]))
  const waits = new Set(sorted.flatMap(({ step }) => (step.status === 'blocked' ? [step.id] : [])))
  return sorted.map(({ step, because }): Step => {
    if (step.status === 'blocked') return step
    const holding = step.dependsOn.flatMap(id => {
      const other = steps.get(id)
      return other !== undefined && (other.channel !== step.channel || waits.has(id)) ? [other] : []
    })
    const [first] = holding
    if (first === undefined) return step
    waits.add(step.id)
    const why = because.find(({ after }) => after === first.id)?.why
    return { ...step, status: 'blocked', reason: reasonOf(step, first, why) }
  })
}

function reasonOf(step: Step, other: Step, why: string | undefined): string {
  const what = `${other.action} ${other.kind} ${other.name}`
  const rest = why === undefined ? '' : `: ${why}`
  if (step.channel === 'console' && other.channel === 'api') return `do this once “${what}” is applied${rest}`
  if (other.channel === 'console') return `waits until evidence shows that “${what}” is done in the console${rest}`
  return `waits for “${what}”${rest}`
}
