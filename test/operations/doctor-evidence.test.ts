import { describe, expect, it } from 'vitest'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import type { Fact } from '../../src/model/evidence.ts'
import { find, folderOf, look, organization } from './doctor-world.ts'
import { start } from './start.ts'

describe('evidence', () => {
  const fact = (path: string, at: string, from: Fact['from'] = 'attestation'): Fact => ({
    address: { kind: 'ExternalUserPolicy', name: 'external' },
    path,
    value: 'x',
    from,
    at,
  })
  const text = `${organization()}---
kind: ExternalUserPolicy
name: external
settings: { authorizationMethod: one-time-passcode, sessionDuration: 7d, apiTokens: block }
access: { allowedDomains: [partner.example], onViolation: report }
`
  const cases: readonly (readonly [string, readonly Fact[], DoctorCheck['status'], string])[] = [
    ['none', [], 'warning', '0 of 3 settings with current evidence, 3 without any'],
    [
      'some, old and ending',
      [
        fact('settings.apiTokens', '2026-11-23T08:00:00Z'),
        fact('settings.sessionDuration', '2026-08-27T08:00:01Z'),
        fact('settings.authorizationMethod', '2026-05-01T08:00:00Z'),
      ],
      'warning',
      '2 of 3 settings with current evidence, 1 stale, 1 expiring within 14 days',
    ],
    [
      'all',
      ['apiTokens', 'sessionDuration', 'authorizationMethod'].map(name =>
        fact(`settings.${name}`, '2026-11-23T08:00:00Z'),
      ),
      'ok',
      '3 of 3 settings with current evidence',
    ],
    [
      'of another policy',
      [
        {
          ...fact('settings.apiTokens', '2026-11-23T08:00:00Z'),
          address: { kind: 'ExternalUserPolicy', name: 'test' },
        },
      ],
      'warning',
      '0 of 3 settings with current evidence, 3 without any',
    ],
  ]

  it.each(cases)('of the external user policy: %s', async (_, facts, status, summary) => {
    const started = await start()
    await started.ledger.update('evidence', () => ({ facts }))
    const report = await look(started, { folder: await folderOf(text) })
    expect(find(report, 'evidence-external-user')).toMatchObject({ status, summary })
    expect(find(report, 'evidence-authentication').summary).toBe('there is no such check')
  })

  it('that an edit overtook is stale', async () => {
    const started = await start()
    await started.ledger.update('evidence', () => ({ facts: [fact('settings.apiTokens', '2026-11-20T08:00:00Z')] }))
    await started.ledger.update('audit', () => ({
      through: '2026-11-24T07:00:00Z',
      events: [
        {
          id: 'e1',
          at: '2026-11-22T08:00:00Z',
          subject: { kind: 'ExternalUserPolicy', what: 'settings', name: 'external' },
          context: [],
        },
      ],
    }))
    const { summary } = find(await look(started, { folder: await folderOf(text) }), 'evidence-external-user')
    expect(summary).toBe('0 of 3 settings with current evidence, 2 without any, 1 stale')
  })

  it('is renewed by export where there is one, else by attesting', async () => {
    const { fix } = find(await look(await start()), 'evidence-authentication')
    expect(fix).toMatch(/Export members .* `postern observe members.csv`; for the other \d+: `postern attest`/)
    expect(find(await look(await start()), 'evidence-external-user').fix).toMatch(/^`postern attest`/)
  })
})

describe('approvers', () => {
  const approvals = (rest: string): string => organization(`approvals: { ${rest} }\n`)
  const both = 'approvers: [{ name: alice, email: alice@acme.com }, { name: bob, email: bob@acme.com }]'
  const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const cases: readonly (readonly [string, string, Record<string, string>, DoctorCheck['status'], RegExp])[] = [
    ['none asked for', both, {}, 'ok', /no approval/],
    [
      'both set',
      `loosening: 1, ${both}`,
      { POSTERN_APPROVER_ALICE: seed, POSTERN_APPROVER_BOB: seed },
      'ok',
      /alice and bob/,
    ],
    [
      'one missing',
      `suspensions: 1, ${both}`,
      { POSTERN_APPROVER_ALICE: seed },
      'warning',
      /no secret is set here for bob$/,
    ],
    [
      'one wrong',
      `everything: 1, ${both}`,
      { POSTERN_APPROVER_ALICE: seed, POSTERN_APPROVER_BOB: 'no secret!' },
      'failed',
      /POSTERN_APPROVER_BOB/,
    ],
    ['for attestations', `attestations: true, ${both}`, {}, 'warning', /alice and bob/],
    [
      'too few',
      `loosening: 2, approvers: [{ name: alice, email: alice@acme.com }]`,
      {},
      'failed',
      /2 approvals may be needed, and only alice/,
    ],
    ['nobody', 'loosening: 1', {}, 'failed', /nobody may approve/],
  ]
  it.each(cases)('%s', async (_, text, env, status, words) => {
    const report = await look(await start(), { folder: await folderOf(approvals(text)), secrets: { env } })
    const found = find(report, 'approvers')
    expect([found.status, found.summary]).toEqual([status, expect.stringMatching(words)])
    expect(JSON.stringify(report)).not.toMatch(new RegExp(`${seed}|no secret!`))
  })

  it('may have their secrets from a command', async () => {
    const asked: string[] = []
    const report = await look(await start(), {
      folder: await folderOf(approvals(`loosening: 1, ${both}`)),
      secrets: {
        env: { POSTERN_APPROVER_COMMAND: 'print it' },
        runCommand: (_, { env }) => {
          asked.push(env['POSTERN_APPROVER'] ?? '')
          return Promise.resolve({ ok: true, stdout: seed })
        },
      },
    })
    expect([find(report, 'approvers').status, asked]).toEqual(['ok', ['alice', 'bob']])
  })
})
