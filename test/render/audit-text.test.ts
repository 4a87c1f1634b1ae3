import { describe, expect, it } from 'vitest'
import type { AuditedRun, AuditReport } from '../../src/model/run-record.ts'
import { auditMarkdown, auditText } from '../../src/render/audit-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { acting, hostileTexts } from './hostile-text.ts'
import { expectMarkdown } from './markdown.ts'

const digest = 'ab'.repeat(32)

const run = (rest: Partial<AuditedRun> = {}): AuditedRun => ({
  run: '2026-11-24T08-00-00Z-1f3a',
  digest,
  at: '2026-11-24T08:00:00.000Z',
  by: 'alice',
  complete: true,
  done: 4,
  failed: 0,
  approvedBy: [],
  ...rest,
})

const report = (runs: readonly AuditedRun[], intact = true): AuditReport => ({
  formatVersion: '1.0',
  head: { run: runs[0]?.run ?? '', digest },
  intact,
  runs,
  diagnostics: [],
})

const text = (shown: AuditReport, width = 80): string => auditText(shown, plainStyle(width))

describe('an intact chain', () => {
  it('is listed from its head, which is to be noted elsewhere', () => {
    const runs = [
      run({ approvedBy: ['bob', 'carol'], failed: 1 }),
      run({ run: '2026-11-23T08-00-00Z-0001', complete: false }),
    ]
    expect(text(report(runs))).toBe(`✓ 2026-11-24T08-00-00Z-1f3a  2026-11-24 08:00
    4 done, 1 failed, by alice, approved by bob, carol
✓ 2026-11-23T08-00-00Z-0001  2026-11-24 08:00
    4 done, cut off, by alice

The chain is intact: 2 runs, from 2026-11-23T08-00-00Z-0001 to the head
Head: ${digest}
A chain alone can be rewritten whole by whoever can write to the ledger: note
the head where they cannot, such as in the job’s log or a ticket, and check it
later with --head.
`)
  })

  it('is a table in Markdown', () => {
    const shown = auditMarkdown(report([run({ approvedBy: ['bob'] })]))
    expect(shown).toContain('### The chain of runs is intact')
    expect(shown).toContain(
      '| `2026-11-24T08-00-00Z-1f3a` | 2026\\-11\\-24T08:00:00.000Z | alice | bob | 4 done |\n\nHead: ',
    )
  })

  it('that is empty leaves nothing to show', () => {
    const empty: AuditReport = { formatVersion: '1.0', head: null, intact: true, runs: [], diagnostics: [] }
    expect([text(empty), auditMarkdown(empty)]).toEqual(['', 'The ledger holds no run yet.\n'])
  })
})

describe('a chain that breaks', () => {
  const broken = report(
    [run(), run({ run: 'b', at: '', by: '', done: 0, problem: 'it was changed after it was written' })],
    false,
  )

  it('says where and why, and claims nothing', () => {
    const shown = text(broken)
    expect(shown).toContain('✗ b\n    it was changed after it was written\n')
    expect(shown).toContain('The chain is not intact.')
    expect(shown).not.toContain('is intact:')
  })

  it('or is another one than was noted, which no single run shows', () => {
    const shown = text(report([run()], false))
    expect(shown).toContain('The chain is not the one whose head was noted.')
    expect(shown).not.toContain('✗')
  })

  it('and in Markdown', () => {
    expect(auditMarkdown(broken)).toContain('### The chain of runs is **not intact**')
  })
})

describe('hostile names', () => {
  it.each(hostileTexts)('do nothing: %j', name => {
    const shown = report([run({ run: name, by: name, approvedBy: [name], at: name }), run({ problem: name, by: '' })])
    expect(text(shown)).not.toMatch(acting)
    expectMarkdown(auditMarkdown(shown), name)
  })

  it.each([40, 80, 120])('no line is wider than %i columns', width => {
    const shown = text(report([run({ by: 'a name as long as a sentence '.repeat(8) })]), width)
    const words = shown
      .split('\n')
      .filter(line => !line.includes(digest) && !line.startsWith('✓') && !line.startsWith('The chain'))
    expect(Math.max(...words.map(line => line.length))).toBeLessThanOrEqual(width)
  })
})
