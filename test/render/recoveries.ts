import type { Recovery, Undo } from '../../src/model/recovery.ts'
import { recoveryCard } from '../../src/render/recovery-card.ts'
import { plainStyle } from '../../src/render/style.ts'

export const url = 'https://admin.example/o/1/page'
export const clicks = ['Security', 'A page']
export const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `user${index}@acme.com` }))
export const part = { url, clicks, accounts: [], settings: [] }
export const undo = (more: Partial<Undo>): Undo => ({
  channel: 'api',
  action: 'move',
  kind: 'AuthenticationPolicy',
  name: 'Staff',
  parts: [{ ...part, policy: 'Rest', accounts: accounts(2) }],
  letsIn: [],
  ...more,
})

export const recovery = (more: Partial<Recovery> = {}): Recovery => ({
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  run: 'run-1',
  digest: '758c7d6a46d4f83588b0903cf3074b67460e66547b1299896c4ab4faeaac9908',
  undo: [undo({})],
  singleSignOn: [],
  admins: [{ email: 'ada@acme.com' }],
  breakGlass: [{ email: 'root@acme.com' }, { email: 'root@x.example', mailbox: 'independent' }],
  ...more,
})

export const text = (card: Recovery, width = 80): string =>
  recoveryCard(card, { format: 'text', style: plainStyle(width) })
export const markdown = (card: Recovery): string => recoveryCard(card, { format: 'markdown' })

const allowlist = (action: Undo['action'], more: Partial<Undo> = {}) =>
  undo({ action, kind: 'IpAllowlist', name: 'Office', parts: [part], ...more })
const page = (action: Undo['action'], kind: string, was?: readonly string[]) =>
  undo({
    channel: 'console',
    action,
    kind,
    name: 'a name',
    parts: [{ ...part, settings: [{ label: 'A setting', ...(was && { was }) }] }],
  })

/** One of everything. */
export const whole = recovery({
  undo: [
    undo({}),
    undo({
      action: 'suspend',
      kind: 'ExternalUserPolicy',
      name: 'external',
      parts: [{ ...part, accounts: accounts(1) }],
    }),
    allowlist('create', { letsIn: ['192.0.2.1'] }),
    allowlist('update', { parts: [{ ...part, settings: [{ label: 'Addresses', was: ['192.0.2.1', '192.0.2.2'] }] }] }),
    allowlist('delete'),
    page('update', 'ExternalUserPolicy', ['none']),
    page('confirm', 'AuthenticationPolicy'),
  ],
  singleSignOn: [{ policy: 'Staff', url, clicks }],
})
