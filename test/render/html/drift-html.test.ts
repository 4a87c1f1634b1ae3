import { describe, expect, it } from 'vitest'
import { driftHtml } from '../../../src/render/html/drift-html.ts'
import { excepted, hostileReports, partialReport, quietReport, report, unknownClassReport } from '../drift-reports.ts'
import { view } from './pages.ts'

describe('the drift page', () => {
  it('says who, when, what and where', () => {
    const html = driftHtml(report, view)
    for (const { account, actor, eventId, source } of report.differences)
      for (const part of [account?.email, actor?.email, eventId, source?.file])
        if (part !== undefined) expect(html).toContain(part)
  })

  it('is short where nothing happened', () => {
    expect(driftHtml(quietReport, view)).toContain('No drift.')
  })

  it('never says that there is no drift where not everything was read', () => {
    const html = driftHtml({ ...partialReport, differences: [] }, view)
    expect(html).not.toContain('No drift.')
    expect(html).toContain(partialReport.notRead[0]?.why ?? 'no reason')
  })

  it('shows what is excepted with its end', () => {
    expect(driftHtml({ ...report, differences: [excepted] }, view)).toContain(excepted.exception?.expires ?? 'no end')
  })

  it('shows classes that it does not know', () => {
    expect(driftHtml(unknownClassReport, view)).toContain(unknownClassReport.differences[0]?.class ?? 'none')
  })

  it.each(hostileReports)('%s makes no element and no attribute', (_, hostile) => {
    const html = driftHtml(hostile, view)
    expect(html).not.toMatch(/<(img|iframe|svg onload|script>alert)/i)
    expect(html).not.toMatch(/ style="| on[a-z]+="/)
    expect(html.match(/<script/g)).toHaveLength(1)
  })
})
