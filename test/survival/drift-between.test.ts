import { afterAll, describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { die } from './crash.ts'
import { full, spread } from './extent.ts'
import { builtProgram } from './program.ts'
import { leave, stage } from './stage.ts'
import { large, storiesOf } from './stories.ts'

const program = builtProgram()
afterAll(() => program.remove())

/** Requests of an apply at which its steps are under way. */
const requests = Array.from({ length: 40 }, (_, index) => 22 + index)

describe('a check for drift between an apply that was killed and the next one', () => {
  it.each(storiesOf(large).slice(full ? 0 : 2))(
    '$name: takes nothing that Postern did for somebody else’s change, and says that a run was cut off',
    async story => {
      for (const request of spread(requests, full ? 20 : 3)) {
        const own = await stage(story)
        try {
          expect(await die(own, program, { at: 'request', request, moment: 'during' })).toBe(true)
          await own.proxy.idle()
          const { out, err } = await own.command(['drift', 'policies', '--format', 'json'])
          const { differences, diagnostics } = JSON.parse(out) as DriftReport
          const outside = differences.filter(found => found.class === 'changed-outside')
          expect(
            outside.map(({ kind, name, path, account }) => [kind, name, path, account?.email]).slice(0, 3),
            `killed during request ${request}: ${outside.length} differences`,
          ).toEqual([])
          const begun = (await own.started.ledger.read('runs'))?.open !== undefined
          expect(
            diagnostics.some(({ code }) => code === 'apply/left-open'),
            err,
          ).toBe(begun)
        } finally {
          await leave(own)
        }
      }
    },
    full ? 300_000 : 60_000,
  )
})
