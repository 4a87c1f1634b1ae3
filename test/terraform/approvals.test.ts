import { expect, it } from 'vitest'
import type { ValueObject } from '../../src/blocks/value.ts'
import { errorsOf, prove, providerWorld, summaries } from './provider-world.ts'

const policy = 'postern_authentication_policy'

it('approvals come in by two steps, approvers before the number, and hold from then on', async () => {
  const { core, configs, started, again } = await providerWorld()
  await prove(started)
  const config = configs.policy('Staff behind Okta')
  let { state } = await core.change(policy, config)
  const { approvals, ...organization } = configs.approved['organization'] as ValueObject
  const { approvers } = approvals as ValueObject

  /** Refreshes and applies with another provider block. */
  async function applyWith(block: ValueObject): Promise<readonly string[]> {
    const next = await again(block)
    const { state: seen } = await next.refresh(policy, state ?? {})
    expect(seen).toMatchObject({ document: null })
    const { state: after, problems } = await next.change(policy, config, seen)
    state = after
    return summaries(errorsOf(problems))
  }

  const [refused] = await applyWith(configs.approved)
  expect(refused).toMatch(/^error: guard loosens: .*`alice` \(alice@acme\.com\) becomes an approver/)
  const named: ValueObject = {
    ...configs.approved,
    organization: { ...organization, approvals: { approvers: approvers ?? null } },
  }
  expect(await applyWith({ ...named, allow: ['loosens'] })).toEqual([])
  expect(await applyWith(configs.approved)).toEqual([])
  const last = await started.ledger.read('last-applied')
  expect(last?.documents['Organization/acme']).toMatchObject({ approvals: { loosening: 1 } })
  // Without them again: that takes an approval.
  expect(await applyWith(configs.provider)).toEqual([expect.stringMatching(/^error: guard loosens: /)])
})
