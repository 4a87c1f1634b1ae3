import { describe, expect, it } from 'vitest'
import { makePlan } from '../../src/engine/make-plan.ts'
import type { Live, LiveObject } from '../../src/kinds/live.ts'
import { documents, emptyLive, organizationId, planInput, planOf, policy, remembering, served } from './documents.ts'

const control = `/admin/control/v1/orgs/${organizationId}`

describe('an allowlist', () => {
  const live = (...objects: readonly LiveObject[]): Live => ({ ...emptyLive, objects })
  const office = 'kind: IpAllowlist\nname: Office\nranges: [192.0.2.1/32]'

  it('that is written in another spelling of its ranges needs no step', async () => {
    expect(planOf(await documents(office), live(served('Office', { ranges: ['192.0.2.1'] }))).steps).toEqual([])
  })

  it('whose rule is not understood is not written over', async () => {
    const { steps } = planOf(await documents(`${office}\nenabled: true`), live(served('Office', { enabled: false })))
    expect(steps).toMatchObject([{ action: 'update', status: 'blocked', dependsOn: [] }])
    expect(steps[0]?.reason).toContain('`ranges`')
    expect(steps[0]).not.toHaveProperty('requests')
  })

  it('that was never applied is left alone when no document names it', async () => {
    const found = live(served('Foreign', { ranges: ['192.0.2.1'] }))
    expect(planOf(await documents(policy('P')), found).steps.filter(({ action }) => action === 'delete')).toEqual([])
  })

  it('that was applied once is deleted when no document names it any more; that loosens', async () => {
    const { steps } = planOf(
      await documents(office),
      live(served('Office', { ranges: ['192.0.2.1'] }), served('Old', { ranges: ['192.0.2.9'], enabled: true })),
      remembering('IpAllowlist/Office', 'IpAllowlist/Old'),
    )
    expect(steps).toMatchObject([
      {
        id: 'api/delete/IpAllowlist/Old',
        direction: 'loosens',
        changes: [
          { path: 'ranges', before: ['192.0.2.9'], after: null },
          { path: 'enabled', before: true, after: null },
        ],
        requests: [{ method: 'DELETE', path: `${control}/policies/id-Old` }],
      },
    ])
    expect(steps[0]).not.toHaveProperty('source')
  })

  it('that was applied once and is gone already needs no step', async () => {
    const { steps } = planOf(
      await documents(office),
      live(served('Office', { ranges: ['192.0.2.1'] })),
      remembering('IpAllowlist/Old'),
    )
    expect(steps).toEqual([])
  })

  it('is not deleted where two have its name: the ledger does not say which one it was', async () => {
    const desired = await documents(office)
    const made = makePlan(
      planInput(
        desired,
        live(
          served('Office', { ranges: ['192.0.2.1'] }),
          served('Old', { ranges: ['192.0.2.9'] }, {}, 'one'),
          served('Old', { ranges: ['192.0.2.8'] }, {}, 'two'),
        ),
        remembering('IpAllowlist/Old'),
      ),
    )
    expect(made.ok).toBe(false)
    expect(made.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([
      ['plan/two-objects', { kind: 'IpAllowlist', name: 'Old', ids: ['one', 'two'] }],
    ])
  })
})
