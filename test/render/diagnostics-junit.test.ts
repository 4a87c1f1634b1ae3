import { describe, expect, it } from 'vitest'
import { diagnosticsJunit } from '../../src/render/diagnostics-junit.ts'
import { hostile, hostileFiles, sorts, texts } from './diagnostics.ts'
import { parseXml } from './xml.ts'

const files = [...texts.keys()]

describe('JUnit', () => {
  it('has a case for each file, failed by its errors, and one for what is nowhere', () => {
    const suites = parseXml(diagnosticsJunit(sorts, 'policies', [...files, 'clean.yaml']))
    expect(suites).toMatchObject({
      name: 'testsuites',
      attributes: { name: 'postern', tests: '4', failures: '2', errors: '0' },
    })
    const cases = suites.children[0]?.children ?? []
    expect(suites.children[0]).toMatchObject({ name: 'testsuite', attributes: { tests: '4', failures: '2' } })
    expect(cases.map(({ attributes, children }) => [attributes['name'], children.map(({ name }) => name)])).toEqual([
      ['policies/clean.yaml', []],
      ['policies/organization.yaml', ['system-out']],
      ['policies/team/staff.yaml', ['failure', 'failure', 'system-out']],
      ['policies', ['failure']],
    ])
    expect(cases[2]?.children[0]).toMatchObject({
      attributes: { type: 'policy/unknown-field', message: 'unknown field `apiTokns`' },
      text: 'policies/team/staff.yaml:6:3: error[policy/unknown-field]: unknown field `apiTokns`\ndid you mean `apiTokens`?',
    })
  })

  it('passes where nothing was found', () => {
    const suites = parseXml(diagnosticsJunit([], 'policies', files))
    expect(suites.attributes).toMatchObject({ tests: '2', failures: '0' })
    expect(suites.children[0]?.children.flatMap(({ children }) => children)).toEqual([])
  })

  it('is well formed and complete, whatever is in it', () => {
    const suites = parseXml(diagnosticsJunit(hostile, 'policies', [...hostileFiles.keys()]))
    const failures = suites.children[0]?.children.flatMap(({ children }) => children) ?? []
    expect(failures).toHaveLength(hostile.length)
    expect(new Set(failures.map(({ name }) => name))).toEqual(new Set(['failure']))
  })
})
