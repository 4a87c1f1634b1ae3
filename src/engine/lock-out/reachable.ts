import type { Reached, Role } from './lock-out.ts'
import { signIn } from './sign-in.ts'
import { carryOut, concerns, type Effect, type Situation } from './world.ts'

/**
 * The standings that an account can find itself in, whichever of the steps are carried out and in whatever order `dependsOn` leaves free. Each standing comes with the
 * step that leads to it by the fewest steps. Effects are given in the order of the plan.
 */
export function reachable(
  effects: readonly Effect[],
  dependsOn: ReadonlyMap<string, readonly string[]>,
): (situation: Situation, role: Role) => readonly Reached[] {
  const before = dependencies(dependsOn)
  return (situation, role) => {
    const { state } = situation
    const moves = effects.flatMap(effect =>
      effect.type === 'move' && effect.accounts.has(state.account.accountId) ? [effect.into] : [],
    )
    const policies = new Set([...(state.policy === undefined ? [] : [state.policy]), ...moves])
    // At most a move, a suspension, and the console steps of the one or two policies it is in: a handful.
    const own = effects.filter(effect => concerns(effect, state, policies))
    const found = new Map<string, Reached>()
    for (const set of allowedSets(own, before)) {
      const last = set.at(-1)
      if (last === undefined) continue
      const standing = signIn(set.reduce(carryOut, situation), role)
      const key = JSON.stringify([standing.can, standing.reason, standing.through])
      if (!found.has(key)) found.set(key, { step: last.step, ...standing })
    }
    return [...found.values()]
  }
}

/** Every set of the effects that holds what its members depend on: the smallest first, then in the order of the plan. */
function allowedSets(
  effects: readonly Effect[],
  before: (step: string) => ReadonlySet<string>,
): readonly (readonly Effect[])[] {
  const own = new Set(effects.map(({ step }) => step))
  const sets = effects.reduce<readonly (readonly Effect[])[]>(
    (all, effect) => [...all, ...all.map(set => [...set, effect])],
    [[]],
  )
  return sets
    .filter(set => {
      const steps = new Set(set.map(({ step }) => step))
      return set.every(({ step }) => [...before(step)].every(other => !own.has(other) || steps.has(other)))
    })
    .sort((a, b) => a.length - b.length)
}

/** All that a step depends on, directly or not. */
function dependencies(dependsOn: ReadonlyMap<string, readonly string[]>): (step: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>()
  const of = (step: string): ReadonlySet<string> => {
    const found = known.get(step)
    if (found !== undefined) return found
    const all = new Set<string>()
    const visit = (id: string): void => {
      for (const other of dependsOn.get(id) ?? []) {
        if (all.has(other)) continue
        all.add(other)
        visit(other)
      }
    }
    visit(step)
    known.set(step, all)
    return all
  }
  return of
}
