import { describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { driftSlack } from '../../src/render/drift-slack.ts'
import { changedOutside, hostileReports, longReport, partialReport, quietReport, report } from './drift-reports.ts'
import { acting } from './hostile-text.ts'

interface Message {
  readonly text: string
  readonly blocks: readonly {
    readonly type: string
    readonly text: { readonly type: string; readonly text: string; readonly emoji: boolean }
  }[]
}

const message = (shown: DriftReport): Message => JSON.parse(driftSlack(shown, { folder: 'policies' })) as Message

const textsOf = ({ text, blocks }: Message): readonly string[] => [text, ...blocks.map(block => block.text.text)]

const huge: DriftReport = {
  ...longReport,
  organization: { name: '&'.repeat(5000), id: '' },
  notRead: Array.from({ length: 60 }, () => ({ what: '<'.repeat(5000), why: '😀'.repeat(5000) })),
  differences: longReport.differences.map(one => ({ ...one, name: '<&>'.repeat(5000), why: '>'.repeat(5000) })),
}

describe('drift for Slack', () => {
  it('is a fallback, the summary, and the most urgent differences with who and when', () => {
    const { text, blocks } = message({ ...report, differences: [changedOutside] })
    expect(text).toBe('Drift of acme: 1 difference: 1 changed-outside')
    expect(blocks.map(block => [block.type, block.text.text.split('\n')])).toEqual([
      ['header', ['Drift of acme']],
      [
        'section',
        [
          '1 difference: 1 changed-outside.',
          'Checked 2026-11-24 12:00 UTC, last complete check: 2026-11-24 12:00 UTC.',
          'Not read: API keys: the key lacks the scope `read:api-keys:admin`',
        ],
      ],
      [
        'section',
        [
          'Changed outside: AuthenticationPolicy “Contractors and break-glass” members of jo@acme.com',
          'declared Contractors and break-glass ↔ live Staff behind Okta',
          'by bo@acme.com (Bo Lind), 2026-11-24 08:15 UTC, event event-17, from 198.51.100.7',
          'policies/contractors.yaml:9:3',
        ],
      ],
      [
        'section',
        [
          'certificate “okta”: ended 2026-11-20',
          'API key “postern”: 25 days left, until 2026-12-20 09:00 UTC',
          'acme.io: not verified any more (unverified)',
          'acme.org: verified, and 3 accounts on it not claimed',
        ],
      ],
    ])
  })

  it('is short where there is nothing to say', () =>
    expect(textsOf(message(quietReport))).toEqual([
      'Drift of acme: No drift',
      'Drift of acme',
      'No drift.\nChecked 2026-11-24 12:00 UTC, last complete check: 2026-11-24 12:00 UTC.',
    ]))

  it('says that a check is not complete', () =>
    expect(textsOf(message(partialReport)).at(-1)).toMatch(
      /^No difference in what could be read\.\nThe check is not complete\. .*\nThe ledger .*\nNot read: the audit log: /,
    ))

  it('tells ten differences and counts the others', () => {
    const texts = textsOf(message(longReport))
    expect(texts.filter(text => text.startsWith('Changed outside: '))).toHaveLength(10)
    expect(texts.at(-1)).toBe('463 more in the report: postern drift --format json')
  })

  it.each<readonly [string, DriftReport]>([['something huge', huge], ['many', longReport], ...hostileReports])(
    'stays within what Slack takes: %j',
    (_, shown) => {
      const { text, blocks } = message(shown)
      expect(blocks.length).toBeLessThanOrEqual(50)
      expect(text.length).toBeLessThan(3000)
      for (const block of blocks) {
        expect(block.text).toMatchObject({ type: 'plain_text', emoji: false })
        expect(block.text.text.length).toBeLessThan(block.type === 'header' ? 150 : 3000)
        expect(block.text.text).not.toBe('')
      }
    },
  )

  it.each<readonly [string, DriftReport]>([['something huge', huge], ...hostileReports])(
    'mentions nobody and links nowhere: %j',
    (_, shown) => {
      for (const text of textsOf(message(shown))) {
        expect(text.replaceAll('\u200d', '')).not.toMatch(acting)
        expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|:\/\/|(?<![\w.+-])@(?!\u200d)/)
      }
    },
  )

  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<https://evil.example|here>', '&lt;https:\u200d//evil.example|here&gt;'],
    ['@here', '@\u200dhere'],
    ['a & b', 'a &amp; b'],
    ['sam@partner.example', 'sam@partner.example'],
  ])('shows %s as it is', (name, shown) =>
    expect(message({ ...quietReport, organization: { name, id: '' } }).text).toBe(`Drift of ${shown}: No drift`),
  )
})
