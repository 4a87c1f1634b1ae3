import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/model/json.ts'
import type { Step } from '../../../src/model/plan.ts'
import { account } from '../documents.ts'
import { documents, moveOf, seen, step, storedDocuments, verdictOf, type Situation } from './input.ts'

const declared = 'breakGlass: [root@acme.com, { account: Out@Emergency.example, mailbox: independent }]'
const root = account('Root@acme.com', 'id-Emergency')
const out = account('out@emergency.example')
const emergency = (more = '') => `kind: AuthenticationPolicy\nname: Emergency\ndirectory: local\n${more}`
const external = (more: string, name = 'external') => `kind: ExternalUserPolicy\nname: ${name}\n${more}`

const live = {
  accounts: [root, account('p@acme.com', 'id-Other')],
  externals: [out, account('x@partner.example')],
  objects: [seen('Emergency', { apiTokens: 'allow' }), seen('Other', { apiTokens: 'allow' })],
}

const verdict = async (texts: readonly string[], changes: Partial<Situation> = {}, allow: readonly string[] = []) =>
  verdictOf('break-glass', { desired: await documents(declared, ...texts), live, ...changes }, allow)

const steps = (...list: readonly Step[]): Partial<Situation> => ({ changes: { steps: list } })
const change = (path: string, after: Json) => [{ path, before: 'x', after }]

describe('break-glass', () => {
  it.each<readonly [string, readonly string[], Partial<Situation>, string]>([
    ['no step is about it', [emergency()], {}, 'passed'],
    ['a step confirms the policy that holds it', [emergency('settings: { singleSignOn: off }')], {}, 'passed'],
    ['a step changes the policy that holds it', [emergency('settings: { apiTokens: block }')], {}, 'blocks'],
    [
      'a step changes another policy',
      [emergency(), 'kind: AuthenticationPolicy\nname: Other\ndirectory: local\nsettings: { apiTokens: block }'],
      {},
      'passed',
    ],
    ['a step moves it', [], steps(moveOf(['ROOT@acme.com', 'p@acme.com'])), 'blocks'],
    ['a step moves others', [], steps(moveOf(['p@acme.com'])), 'passed'],
    ['a step suspends it', [], steps(moveOf(['out@emergency.example'], { action: 'suspend' })), 'blocks'],
    ['a step restores it', [], steps(moveOf(['out@emergency.example'], { action: 'restore' })), 'blocks'],
    [
      'a step changes the external policy',
      [],
      steps(
        step({
          kind: 'ExternalUserPolicy',
          name: 'external',
          channel: 'console',
          changes: change('settings.apiTokens', 'block'),
        }),
      ),
      'blocks',
    ],
    [
      'a step changes the test policy, which holds others',
      [external('testUsers: [x@partner.example]', 'test')],
      steps(
        step({
          kind: 'ExternalUserPolicy',
          name: 'test',
          channel: 'console',
          changes: change('settings.apiTokens', 'block'),
        }),
      ),
      'passed',
    ],
    [
      'a step changes the test policy, which may hold it',
      [external('testUsers: [out@emergency.example]', 'test')],
      steps(
        step({
          kind: 'ExternalUserPolicy',
          name: 'test',
          channel: 'console',
          changes: change('settings.apiTokens', 'block'),
        }),
      ),
      'blocks',
    ],
    [
      'an access rule leaves it out',
      [external('access: { allowedDomains: [partner.example], onViolation: suspend }')],
      {},
      'blocks',
    ],
    [
      'an access rule lets it in',
      [external('access: { allowedDomains: [emergency.example], inactiveAfter: 30d, onViolation: suspend }')],
      {},
      'passed',
    ],
    [
      'an access rule that only reports leaves it out',
      [external('access: { allowedDomains: [partner.example], onViolation: report }')],
      {},
      'passed',
    ],
    ['the organization does not show it', [], { live: { ...live, externals: [] } }, 'not-checked'],
  ])('where %s', async (_, texts, changes, status) => {
    expect((await verdict(texts, changes)).status).toBe(status)
  })

  it('is not checked where none is declared, and says what to declare', async () => {
    const found = verdictOf('break-glass', { desired: await documents(''), live })
    expect([found.status, found.summary.includes('`breakGlass`')]).toEqual(['not-checked', true])
  })

  it('blocks where the documents drop one that the last apply knew, and protects it all the same', async () => {
    const lastApplied = await storedDocuments(declared)
    const fewer = { desired: await documents('breakGlass: [root@acme.com]'), live, lastApplied }
    expect(verdictOf('break-glass', fewer).summary).toContain(
      '`out@emergency.example` would be no break-glass account any more',
    )
    const moved = verdictOf('break-glass', { ...fewer, ...steps(moveOf(['out@emergency.example'])) })
    expect(moved.summary).toContain('moves `out@emergency.example`')
  })

  it('blocks where the documents would put it behind single sign-on, by a step that confirms, too', async () => {
    const desired = await documents(
      'breakGlass: [root@acme.com]',
      'kind: AuthenticationPolicy\nname: Staff\ndirectory: Staff\nsettings: { singleSignOn: enforced, identityProvider: okta }',
    )
    const found = verdictOf('break-glass', {
      desired,
      live: { accounts: [account('root@acme.com', 'id-Staff')], objects: [seen('Staff')] },
    })
    expect([found.status, found.summary.includes('which is what it must do without')]).toEqual(['blocks', true])
  })

  it('names the account and the step, and is lifted by its code', async () => {
    const found = await verdict([emergency('settings: { apiTokens: block }')])
    expect(found.summary).toContain(
      '`console/update/AuthenticationPolicy/Emergency` changes the policy of `Root@acme.com`',
    )
    expect(found.lift).toBe('--allow break-glass')
    const lifted = await verdict([emergency('settings: { apiTokens: block }')], {}, ['break-glass'])
    expect(lifted.status).toBe('lifted')
  })
})
