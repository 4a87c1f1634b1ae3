import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameValue } from '../../src/kinds/compare.ts'
import { fieldState, mergeFacts } from '../../src/evidence/field-state.ts'
import { kindNamed, type KindName } from '../../src/kinds/index.ts'
import type { Fact } from '../../src/model/evidence.ts'
import { builtInScenarios } from '../../src/simulator/index.ts'
import { policiesFolder, start, startTime, valueOf } from '../operations/start.ts'

const runs = { seed: 20261124, numRuns: 150 }
const day = 86_400_000

const objects = [
  { kind: 'AuthenticationPolicy', name: 'Staff behind Okta' },
  { kind: 'AuthenticationPolicy', name: 'Local accounts' },
  { kind: 'AuthenticationPolicy', name: 'Contractors and break-glass' },
  { kind: 'AuthenticationPolicy', name: 'Somebody else’s' },
  { kind: 'ExternalUserPolicy', name: 'external' },
  { kind: 'ExternalUserPolicy', name: 'test' },
] as const

const values: Readonly<Record<string, readonly Fact['value'][]>> = {
  default: [true, false],
  billable: [true, false],
  'settings.singleSignOn': ['off', 'enforced'],
  'settings.twoStepVerification': ['optional', 'mandatory', 'identity-provider'],
  'settings.idleSession': ['8h', '480m', '1h'],
  'settings.apiTokens': ['allow', 'block'],
  'settings.authorizationMethod': ['none', 'one-time-passcode'],
  'settings.sessionDuration': ['1d', '24h', '7d'],
  testUsers: [['sam@partner.example'], ['SAM@partner.example'], []],
}

const fact: fc.Arbitrary<Fact> = fc.constantFrom(...Object.keys(values)).chain(path =>
  fc
    .record({
      address: fc.constantFrom(...objects),
      value: fc.constantFrom(...(values[path] ?? [])),
      from: fc.constantFrom<Fact['from'][]>('export', 'attestation'),
      // From long expired to well ahead of the clock.
      age: fc.integer({ min: -3, max: 120 }),
      broken: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ age, broken, ...rest }) => ({
      ...rest,
      path,
      at: broken === 0 ? 'some day' : new Date(startTime - age * day).toISOString(),
      ...(rest.from === 'attestation' && { by: 'alice' }),
    })),
)

const facts = fc.array(fact, { maxLength: 60 })

const current = ({ at }: Fact): boolean => {
  const age = startTime - Date.parse(at)
  return age >= -5 * 60_000 && age <= 90 * day
}

describe('whatever evidence there is', () => {
  it('no console field is in sync without a current fact of that value, the newest of its object', async () => {
    const started = await start({ scenario: builtInScenarios.get('acme') ?? 'acme' })
    await fc.assert(
      fc.asyncProperty(facts, async stored => {
        await started.ledger.update('evidence', () => ({ facts: stored }))
        const { inSync, unverified, steps } = valueOf(await started.plan(policiesFolder))
        for (const { kind, name, path, value, evidence } of inSync) {
          const field = kindNamed(kind as KindName).fields[path]
          if (field === undefined || field.channel === 'api') continue
          const own = stored.filter(
            ({ address, path: other }) => address.kind === kind && address.name === name && other === path,
          )
          const [said] = evidence
          const witnesses = own.filter(
            ({ at, from, value: seen }) => at === said?.at && from === said.from && sameValue(field, seen, value),
          )
          expect(witnesses.filter(current).length).toBeGreaterThan(0)
          const newer = own.filter(other => current(other) && Date.parse(other.at) > Date.parse(said?.at ?? ''))
          expect(newer).toEqual([])
        }
        // Every other field that is wanted is a step: nothing falls between.
        const settled = new Set([...inSync, ...unverified].map(({ kind, name, path }) => `${kind}/${name} ${path}`))
        const differing = steps.filter(({ channel, action }) => channel === 'console' && action === 'update')
        for (const { kind, name, changes } of differing)
          for (const { path } of changes) expect(settled).not.toContain(`${kind}/${name} ${path}`)
        const asked = new Set(
          steps
            .filter(({ action }) => action === 'confirm')
            .flatMap(({ kind, name, changes }) => changes.map(({ path }) => `${kind}/${name} ${path}`)),
        )
        expect([...asked].sort()).toEqual(unverified.map(({ kind, name, path }) => `${kind}/${name} ${path}`).sort())
      }),
      { ...runs, numRuns: 40 },
    )
  })

  it('the state of a field does not depend on the order of its facts', () => {
    const validity = { now: new Date(startTime), expiresAfter: '90d' }
    fc.assert(
      fc.property(facts, stored => {
        const one = stored.filter(({ path }) => path === 'settings.apiTokens')
        const state = fieldState(one, validity)
        const back = fieldState([...one].reverse(), validity)
        expect(back.state).toBe(state.state)
        if (state.state !== 'known') return
        expect(one.some(other => other.value === state.value && other.at === state.evidence.at && current(other))).toBe(
          true,
        )
      }),
      runs,
    )
  })

  it('merging keeps what decides: the state is the same over all facts and over the merged ones', () => {
    const now = new Date(startTime)
    const validity = { now, expiresAfter: '90d' }
    fc.assert(
      fc.property(facts, facts, (stored, added) => {
        const merged = mergeFacts(mergeFacts([], stored, now), added, now)
        for (const { address, path } of [...stored, ...added]) {
          const same = (other: Fact) =>
            other.path === path && other.address.kind === address.kind && other.address.name === address.name
          const before = fieldState([...stored, ...added].filter(same), validity)
          const after = fieldState(merged.filter(same), validity)
          expect(after.state).toBe(before.state)
        }
      }),
      runs,
    )
  })
})
