import { describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../src/model/coverage.ts'
import { coverageJunit } from '../../src/render/coverage-junit.ts'
import { emptyReport, gap, hostileReports, plainReport, report, requirement } from './coverage-reports.ts'
import { parseXml, type XmlElement } from './xml.ts'

const files = ['organization.yaml', 'requirements.yaml']

const suitesOf = (shown: CoverageReport): XmlElement => parseXml(coverageJunit(shown, 'policies', files))

const casesOf = (shown: CoverageReport): readonly XmlElement[] => suitesOf(shown).children[0]?.children ?? []

const partsOf = (cases: readonly XmlElement[]) =>
  cases.map(({ attributes, children }) => [attributes['name'], children.map(({ name }) => name)])

describe('coverage as JUnit', () => {
  it('is one suite with a case for each requirement, then one for each file', () => {
    const suites = suitesOf(report)
    expect(suites.children.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['testsuite', { name: 'postern', tests: '3', failures: '1', errors: '0' }],
    ])
    expect(partsOf(casesOf(report))).toEqual([
      ['requirement second factor for everyone', ['failure', 'system-out']],
      ['policies/organization.yaml', []],
      ['policies/requirements.yaml', ['system-out']],
    ])
  })

  it('names who does not meet a requirement, and who is excepted', () => {
    const [failure, output] = casesOf(report)[0]?.children ?? []
    expect(failure).toMatchObject({
      attributes: {
        type: 'coverage/unmet',
        message: '63.15 % of 90 %: 36 of 57 accounts pass at least step-up and have no live API token that works',
      },
    })
    expect(failure?.text.split('\n')).toEqual([
      'policies/requirements.yaml:5:1',
      '63.15 % of 90 %: 36 of 57 accounts pass at least step-up and have no live API token that works',
      `bot@partner.example: none → step-up: ${gap.reason}`,
      'owen.price@acme.com: optional → loses access: its own two-step verification is on by choice; Local accounts does not enforce it',
    ])
    expect(output?.text).toBe('excepted until 2030-12-31: reception@acme.com (reception desk)')
  })

  it('names fifty of them at most', () => {
    const gaps = Array.from({ length: 53 }, () => gap)
    const lines = casesOf({ ...report, gaps })[0]?.children[0]?.text.split('\n') ?? []
    expect(lines.filter(line => line.startsWith('bot@'))).toHaveLength(50)
    expect(lines.at(-1)).toBe('and 3 more')
  })

  it.each([
    ['met', { ...requirement, met: true, excepted: [] }, []],
    ['short, and only a warning', { ...requirement, severity: 'warning' as const }, ['system-out']],
    ['about nobody', { ...requirement, population: 0, meeting: 0, excepted: [] }, ['failure']],
  ])('of a requirement that is %s', (_, one, parts) =>
    expect(partsOf(casesOf({ ...report, requirements: [one] }))[0]?.[1]).toEqual(parts),
  )

  it('passes where nothing is required and nothing was noticed', () => {
    expect(partsOf(casesOf(plainReport))).toEqual(files.map(file => [`policies/${file}`, []]))
    expect(suitesOf(emptyReport).attributes).toMatchObject({ tests: '3', failures: '1' })
  })

  it.each(hostileReports)('is well formed, whatever is in it: %j', (_, hostile) => {
    const [first, second] = casesOf(hostile)
    expect(first?.children[0]?.text.split('\n')).toHaveLength(3)
    expect(second?.children.map(({ name }) => name)).toEqual(['failure', 'system-out'])
  })
})
