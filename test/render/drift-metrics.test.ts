import { describe, expect, it } from 'vitest'
import { driftClasses, type DriftDifference, type DriftReport, type LifeLeft } from '../../src/model/drift.ts'
import { driftMetrics, type WatchCounters } from '../../src/render/drift-metrics.ts'
import { acting, hostileTexts } from './hostile-text.ts'

const difference = (changes: Partial<DriftDifference>): DriftDifference => ({
  class: 'changed-outside',
  kind: 'AuthenticationPolicy',
  name: 'Staff',
  path: 'members',
  ...changes,
})

const silenced = { name: 'known', owner: 'alice@acme.com', expires: '2027-01-01' }

const life = (what: string, name: string, days: number): LifeLeft => ({ what, name, days, expires: '2027-01-01' })

const report: DriftReport = {
  formatVersion: '1.0',
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  checkedAt: '2026-11-24T12:00:00.000Z',
  lastCompleteAt: '2026-11-24T12:00:00.500Z',
  complete: true,
  reading: { kind: 'full', fullAt: '2026-11-24T12:00:00.500Z', because: [] },
  history: true,
  notRead: [],
  differences: [
    difference({}),
    difference({ name: 'Contractors' }),
    difference({ class: 'stale' }),
    difference({ class: 'conflict', exception: silenced }),
  ],
  life: [life('api-key', 'drift', -2), life('certificate', 'okta', 157), life('something-new', 'x', 1)],
  domains: [],
  coverage: { levels: { none: 3, optional: 2, 'step-up': 5, 'two-step': 7, 'sso-mfa': 40 }, accounts: 57 },
  requests: { reads: 31 },
  diagnostics: [],
}

const counters: WatchCounters = {
  lastCheckAt: '2026-11-24T12:15:00Z',
  checks: { ok: 12, failed: 1 },
  lastFailed: false,
  requests: 372,
}

interface Parsed {
  readonly types: ReadonlyMap<string, string>
  readonly helps: ReadonlyMap<string, string>
  /** Values by name and label. */
  readonly samples: ReadonlyMap<string, number>
}

/** Reads the format as its specification says, strictly: what does not fit throws, as does a series that comes twice. */
function parse(text: string): Parsed {
  const types = new Map<string, string>()
  const helps = new Map<string, string>()
  const samples = new Map<string, number>()
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line)
    if (comment !== null) {
      const [, what, name = '', rest = ''] = comment
      const map = what === 'HELP' ? helps : types
      if (map.has(name)) throw new Error(`two lines of ${what} for ${name}`)
      map.set(name, rest)
      continue
    }
    const sample = /^([a-z_]+)(?:\{([a-z]+)="((?:[^"\\\n]|\\[\\"n])*)"\})? (NaN|-?\d+(?:\.\d+)?)$/.exec(line)
    if (sample === null) throw new Error(`no sample: ${line}`)
    const [, name = '', label, escaped = '', value] = sample
    if (!types.has(name) || [...types.keys()].at(-1) !== name) throw new Error(`not below its type: ${line}`)
    const text = escaped.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
    const series = label === undefined ? name : `${name} ${label}=${text}`
    if (samples.has(series)) throw new Error(`twice: ${series}`)
    samples.set(series, Number(value))
  }
  return { types, helps, samples }
}

const samplesOf = (shown: DriftReport | undefined, changes: Partial<WatchCounters> = {}): Record<string, number> =>
  Object.fromEntries(parse(driftMetrics(shown, { ...counters, ...changes })).samples)

/** The values of one metric by label. */
const labelled = (samples: Record<string, number>, name: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(samples).flatMap(([series, value]) =>
      series.startsWith(`${name} `) ? [[series.slice(series.indexOf('=') + 1), value]] : [],
    ),
  )

describe('drift as metrics', () => {
  it('tells the last report and what the loop counted', () => {
    expect(samplesOf(report)).toEqual({
      postern_last_check_timestamp_seconds: Date.parse('2026-11-24T12:15:00Z') / 1000,
      postern_last_full_read_timestamp_seconds: 1795521600.5,
      postern_last_complete_check_timestamp_seconds: Date.parse('2026-11-24T12:00:00Z') / 1000 + 0.5,
      postern_check_complete: 1,
      'postern_differences class=changed-outside': 2,
      'postern_differences class=conflict': 0,
      'postern_differences class=pending': 0,
      'postern_differences class=new': 0,
      'postern_differences class=vendor': 0,
      'postern_differences class=settling': 0,
      'postern_differences class=stale': 1,
      'postern_differences class=unverified': 0,
      'postern_accounts level=none': 3,
      'postern_accounts level=optional': 2,
      'postern_accounts level=step-up': 5,
      'postern_accounts level=two-step': 7,
      'postern_accounts level=sso-mfa': 40,
      'postern_key_days_left name=drift': -2,
      'postern_certificate_days_left name=okta': 157,
      postern_requests_total: 372,
      'postern_checks_total result=ok': 12,
      'postern_checks_total result=failed': 1,
    })
  })

  it('has help and type for every metric, and calls a counter what only grows', () => {
    const { types, helps } = parse(driftMetrics(report, counters))
    expect([...helps.keys()]).toEqual([...types.keys()])
    for (const [name, type] of types)
      expect([name, type]).toEqual([name, name.endsWith('_total') ? 'counter' : 'gauge'])
  })

  it('counts each class, and no difference that an Exception silences', () => {
    for (const which of driftClasses) {
      const differences = [difference({ class: which }), difference({ class: which, exception: silenced })]
      const expected = Object.fromEntries(driftClasses.map(each => [each, each === which ? 1 : 0]))
      expect(labelled(samplesOf({ ...report, differences }), 'postern_differences')).toEqual(expected)
    }
  })

  it('says nothing of the organization, not even zero, before there is a report', () => {
    const samples = samplesOf(undefined, { checks: { ok: 0, failed: 0 }, requests: 0 })
    const unknown = (labels: readonly string[]) => Object.fromEntries(labels.map(label => [label, Number.NaN]))
    expect(labelled(samples, 'postern_differences')).toEqual(unknown(driftClasses))
    expect(labelled(samples, 'postern_accounts')).toEqual(unknown(Object.keys(report.coverage.levels)))
    expect(labelled(samples, 'postern_key_days_left')).toEqual({})
    expect(samples).toMatchObject({ postern_check_complete: 0, postern_last_complete_check_timestamp_seconds: 0 })
  })

  it('shows no time before the first check', () => {
    const none: WatchCounters = { checks: { ok: 0, failed: 0 }, lastFailed: false, requests: 0 }
    expect(parse(driftMetrics(undefined, none)).samples.get('postern_last_check_timestamp_seconds')).toBe(0)
  })

  it.each([
    [true, false, 1],
    [true, true, 0],
    [false, false, 0],
    [false, true, 0],
  ])('complete %s, the last check failed %s: %d', (complete, lastFailed, expected) => {
    const samples = samplesOf({ ...report, complete }, { lastFailed })
    expect(samples['postern_check_complete']).toBe(expected)
    // What was known before a failure stays.
    expect(samples['postern_differences class=changed-outside']).toBe(2)
  })

  it.each([[null], ['']])('takes %j for no complete check', lastCompleteAt => {
    expect(samplesOf({ ...report, lastCompleteAt })['postern_last_complete_check_timestamp_seconds']).toBe(0)
  })
})

describe('names in metrics', () => {
  it('of keys with the same name make one series, that of the key which ends first', () => {
    const lives = [life('api-key', 'b', 9), life('api-key', 'a', 30), life('api-key', 'a', 4), life('api-key', 'a', 80)]
    const keys = Object.entries(labelled(samplesOf({ ...report, life: lives }), 'postern_key_days_left'))
    expect(keys).toEqual([
      ['a', 4],
      ['b', 9],
    ])
  })

  it('come in one order, whatever theirs is', () => {
    const lives = [life('certificate', 'b', 1), life('certificate', 'a', 2), life('api-key', 'c', 3)]
    expect(driftMetrics({ ...report, life: lives }, counters)).toBe(
      driftMetrics({ ...report, life: lives.toReversed() }, counters),
    )
  })

  it.each([
    ['plain', 'plain'],
    ['a "quoted" name', 'a \\"quoted\\" name'],
    ['back\\slash', 'back\\\\slash'],
    ['ends in \\', 'ends in \\\\'],
    ['two\nlines', 'two\\\\u{a}lines'],
    ['} 1\npostern_check_complete 1', '} 1\\\\u{a}postern_check_complete 1'],
    ['"} 0', '\\"} 0'],
    ['東京 😀', '東京 😀'],
    ['', ''],
  ])('%j is written as %j', (name, written) => {
    const text = driftMetrics({ ...report, life: [life('api-key', name, 5)] }, counters)
    expect(text).toContain(`\npostern_key_days_left{name="${written}"} 5\n`)
  })

  it.each(hostileTexts.flatMap(name => [['api-key', name] as const, ['certificate', name] as const]))(
    'of a hostile %s add no series and nothing that acts: %j',
    (what, name) => {
      const lives = [life(what, name, 5)]
      const text = driftMetrics({ ...report, life: lives }, counters)
      expect(text).not.toMatch(acting)
      const plain = driftMetrics({ ...report, life: [life(what, 'plain', 5)] }, counters)
      expect(parse(text).samples.size).toBe(parse(plain).samples.size)
    },
  )

  it('that look the same once they are harmless are one series', () => {
    const lives = [life('api-key', 'a\nb', 7), life('api-key', 'a\\u{a}b', 3)]
    expect(labelled(samplesOf({ ...report, life: lives }), 'postern_key_days_left')).toEqual({ 'a\\u{a}b': 3 })
  })
})
