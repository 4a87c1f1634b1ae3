import { describe, expect, it } from 'vitest'
import { isMet, type Compared, type Line } from '../../bench/harness/row.ts'
import { heading, lineText, summary, tableWidth } from '../../bench/harness/table.ts'

const pair = (rest: Partial<Compared> = {}): Compared => ({
  type: 'compared',
  name: 'postern --version / node -e 0',
  rounds: 31,
  milliseconds: 33.4,
  otherMilliseconds: 25.6,
  ratio: 1.304,
  spread: 0.05,
  peakBytes: 42 * 2 ** 20,
  ...rest,
})

const lines: readonly Line[] = [
  pair(),
  pair({ goal: { atMost: 1.3 } }),
  pair({ goal: { atMost: 1.31 }, peakBytes: 1298 * 2 ** 20 }),
  pair({ name: 'postern --version / a program with a long name', milliseconds: 123_456, otherMilliseconds: 1234 }),
  { type: 'figure', name: 'requests', value: 2_156, unit: 'requests', goal: { equal: 2_156 } },
  { type: 'figure', name: 'memory', value: 240.4, unit: 'MB', goal: { atMost: 217.66 } },
  { type: 'figure', name: 'time / the least', value: 1.034, unit: 'times', goal: { atMost: 1.1 } },
  { type: 'note', text: 'Answers come after 20 ms, save for those of nobody, who has none to give and takes no time.' },
  { type: 'skipped', name: 'terraform version', why: 'terraform is not on the path' },
  { type: 'failed', name: 'plan', why: `postern.cjs plan ended with 1:\nerror[org/unreachable]: ${'x'.repeat(200)}` },
]

describe('the table', () => {
  it('is 80 columns wide at most', () => {
    const text = [heading(), ...lines.map(lineText)].join('\n')
    expect(text.split('\n').filter(line => line.length > tableWidth)).toEqual([])
  })

  it('lines up', () => {
    expect([heading(), ...lines.slice(0, 9).map(lineText)].join('\n')).toMatchInlineSnapshot(`
      "                                    time   other ratio     ± memory at most
        postern --version / node -e 0    33 ms   26 ms  1.30   5 %  42 MB
        postern --version / node -e 0    33 ms   26 ms  1.30   5 %  42 MB 1.30 NOT MET
        postern --version / node -e 0    33 ms   26 ms  1.30   5 % 1.3 GB 1.31 met
        postern --version / a program with a long name
                                         123 s  1.23 s  1.30   5 %  42 MB
        requests                        2,156 requests  must be 2,156 met
        memory                                  240 MB  at most 218 NOT MET
        time / the least                    1.03 times  at most 1.10 met
          Answers come after 20 ms, save for those of nobody, who has none to give and
            takes no time.
        terraform version: skipped: terraform is not on the path"
    `)
  })

  it('says whether a goal is met by the number, not by how it is rounded', () => {
    expect(lines.map(isMet)).toEqual([
      undefined,
      false,
      true,
      undefined,
      true,
      false,
      true,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is summed up', () => {
    expect(summary(lines)).toBe('3 goals met, 2 not met, 1 skipped, 1 failed')
  })
})
