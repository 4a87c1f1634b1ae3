import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Role } from '../../src/engine/lock-out/lock-out.ts'
import { reachable } from '../../src/engine/lock-out/reachable.ts'
import { signIn } from '../../src/engine/lock-out/sign-in.ts'
import { carryOut, type Effect, type ExternalState, type PolicyState } from '../../src/engine/lock-out/world.ts'
import { external, managed, worldOf } from './lock-out-world.ts'

describe('in every order that dependsOn leaves free', () => {
  const providers = ['okta', 'azure'] as const
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
  const ssoState = fc.constantFrom('off' as const, 'enforced' as const)
  const policyState: fc.Arbitrary<PolicyState> = fc.record({
    singleSignOn: maybe(ssoState),
    provider: maybe(fc.constantFrom(...providers)),
    directoryProvider: fc.option(fc.constantFrom(...providers), { nil: null }),
  })
  const externalState: fc.Arbitrary<ExternalState> = fc.record({
    method: maybe(fc.constantFrom('none' as const, 'one-time-passcode' as const, 'single-sign-on' as const)),
  })
  const names = ['P', 'Q', 'R'] as const

  /** One step for each object and channel, as plans have them: two never set the same thing. */
  const effects: fc.Arbitrary<readonly Effect[]> = fc
    .tuple(
      ...names.flatMap(policy => [
        maybe(fc.record({ singleSignOn: ssoState })),
        maybe(fc.record({ provider: fc.constantFrom(...providers) })),
        maybe(fc.constant(policy)),
      ]),
      maybe(externalState),
      fc.constantFrom('suspend' as const, 'restore' as const, undefined),
      fc.constantFrom(...names),
    )
    .map(parts => {
      const [method, access, into] = parts.slice(-3) as [
        ExternalState | undefined,
        'suspend' | 'restore' | undefined,
        string,
      ]
      const own = names.flatMap((policy, index): readonly Effect[] => {
        const [sso, provider] = parts.slice(index * 3) as [PolicyState | undefined, PolicyState | undefined]
        return [
          ...(sso ? [{ step: `update ${policy}`, type: 'policy' as const, policy, set: sso }] : []),
          ...(provider ? [{ step: `confirm ${policy}`, type: 'policy' as const, policy, set: provider }] : []),
        ]
      })
      const accounts = new Set(['a', 'x'])
      return [
        ...own,
        { step: 'move', type: 'move', accounts, into },
        ...(method ? [{ step: 'external', type: 'external' as const, set: method }] : []),
        ...(access ? [{ step: access, type: access, accounts }] : []),
      ]
    })

  /** Which steps wait for which: only earlier ones, so that there is no circle. */
  const scenario = fc
    .record({
      effects,
      policies: fc.tuple(policyState, policyState, policyState),
      external: externalState,
      expired: fc.subarray([...providers]),
      state: fc.constantFrom(managed(), managed({ home: null }), managed({ policy: undefined }), external()),
      role: fc.constantFrom<Role>('admin', 'break-glass', 'key-owner'),
      waits: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 8 }),
      order: fc.array(fc.nat(99), { minLength: 10, maxLength: 10 }),
      stop: fc.nat(10),
    })
    .map(given => {
      const steps = given.effects.map(({ step }) => step)
      const dependsOn = new Map<string, readonly string[]>(steps.map(step => [step, []]))
      for (const [one, another] of given.waits) {
        const [later, earlier] = [steps[Math.max(one, another)], steps[Math.min(one, another)]]
        if (later !== undefined && earlier !== undefined && later !== earlier)
          dependsOn.set(later, [...(dependsOn.get(later) ?? []), earlier])
      }
      return { ...given, dependsOn }
    })

  it('nobody is shut out whom the simulation calls safe, and nothing happens to anybody that it did not see', () => {
    let [safe, shut] = [0, 0]
    fc.assert(
      fc.property(
        scenario,
        ({ effects: all, policies, external: asked, expired, state, role, dependsOn, order, stop }) => {
          const world = worldOf({
            policies: new Map(names.map((name, index) => [name, policies[index] ?? {}])),
            external: asked,
            expired: new Map(expired.map(name => [name, '2026-11-23'])),
          })
          const reached = reachable(all, dependsOn)({ world, state }, role)
          const start = signIn({ world, state }, role)
          const isSafe = [start, ...reached].every(({ can }) => can !== 'no')
          const seen = new Set(
            [start, ...reached].map(({ can, reason, through }) => JSON.stringify([can, reason, through])),
          )

          // A run: again and again one of the steps that may be carried out now, until it stops somewhere.
          let situation = { world, state }
          const done = new Set<string>()
          for (const pick of order.slice(0, stop)) {
            const open = all.filter(
              ({ step }) => !done.has(step) && (dependsOn.get(step) ?? []).every(other => done.has(other)),
            )
            const effect = open[pick % Math.max(1, open.length)]
            if (effect === undefined) break
            done.add(effect.step)
            situation = carryOut(situation, effect)
            const now = signIn(situation, role)
            if (isSafe) expect(now.can).not.toBe('no')
            expect(seen.has(JSON.stringify([now.can, now.reason, now.through]))).toBe(true)
            if (now.can === 'no') shut++
            else safe++
          }
        },
      ),
      { numRuns: 1500 },
    )
    // Both were seen, often enough to mean something.
    expect(Math.min(safe, shut)).toBeGreaterThan(300)
  })
})
