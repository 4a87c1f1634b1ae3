import { describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { driftJunit } from '../../src/render/drift-junit.ts'
import { hostileReports, partialReport, quietReport, report, unknownClassReport } from './drift-reports.ts'
import { parseXml, type XmlElement } from './xml.ts'

const files = ['network.yaml', 'staff.yaml']

const suitesOf = (shown: DriftReport): XmlElement => parseXml(driftJunit(shown, 'policies', files))

const casesOf = (shown: DriftReport): readonly XmlElement[] => suitesOf(shown).children[0]?.children ?? []

const partsOf = (shown: DriftReport) =>
  casesOf(shown).map(({ attributes, children }) => [attributes['name'], children.map(({ name }) => name)])

describe('drift as JUnit', () => {
  it('has a case for the check, one for each object that differs, one for each file', () => {
    expect(suitesOf(report).attributes).toMatchObject({ tests: '10', failures: '2', errors: '0' })
    expect(partsOf(report)).toEqual([
      ['drift of acme', ['system-out']],
      ['AuthenticationPolicy “Contractors and break-glass”', ['failure']],
      ['AuthenticationPolicy “Staff behind Okta”', ['system-out']],
      ['ExternalUserPolicy “external”', ['system-out']],
      ['IpAllowlist “Branch office”', ['system-out']],
      ['IpAllowlist “Lab”', ['system-out']],
      ['IpAllowlist “Office and VPN”', ['failure', 'system-out']],
      ['IpAllowlist “Old office”', ['system-out']],
      ['policies/network.yaml', ['system-out']],
      ['policies/staff.yaml', []],
    ])
  })

  it('names place, values and actor in a failure', () => {
    const failure = casesOf(report)[1]?.children[0]
    expect(failure?.attributes['type']).toBe('drift/changed-outside')
    expect(failure?.text).toMatch(/^policies\/contractors\.yaml:9:3: .* by bo@acme\.com \(Bo Lind\)/)
  })

  it('fails by a check that is not complete, once', () => {
    expect(partsOf(partialReport)).toEqual([
      ['drift of acme', ['failure', 'system-out']],
      ...files.map(file => [`policies/${file}`, []]),
      ['policies', ['system-out']],
    ])
    expect(casesOf(partialReport)[0]?.children[0]?.text.split('\n')).toEqual([
      'the check is not complete; last complete check: 2026-11-22 11:30 UTC',
      'not read: the audit log: HTTP 403: the key lacks the scope `read:audit-log:admin`',
    ])
  })

  it.each([
    ['nothing', quietReport, '3'],
    ['a class that is not known', unknownClassReport, '5'],
  ])('does not fail by %s', (_, shown, tests) =>
    expect(suitesOf(shown).attributes).toMatchObject({ tests, failures: '0' }),
  )

  it.each(hostileReports)('is well formed, whatever is in it: %j', (_, hostile) => {
    const [check, object] = casesOf(hostile)
    expect(check?.children.map(({ name }) => name)).toEqual(['failure', 'system-out'])
    expect(check?.children[0]?.text.split('\n')).toHaveLength(2)
    expect(object?.children.map(({ name }) => name)).toEqual(['failure', 'failure', 'system-out'])
    expect(object?.children[2]?.text.split('\n')).toHaveLength(3)
  })
})
