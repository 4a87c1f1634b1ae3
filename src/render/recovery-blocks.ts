import type { AccountRef } from '../model/account.ts'
import type { FormerSetting, Recovery, Undo, UndoPart } from '../model/recovery.ts'
import { count } from '../diagnostics/wording.ts'
import { accountsWords } from './step-text.ts'

/** A piece of a sentence: words of our own, or what each output has to make harmless. */
export type Piece =
  | string
  | { readonly name: string }
  /** What is typed or copied as it is. */
  | { readonly code: string }
  | { readonly url: string }
  | { readonly clicks: readonly string[] }

/** A part of a recovery card, whatever it is written in. */
export type Block =
  | { readonly is: 'title' | 'heading' | 'text' | 'item'; readonly pieces: readonly Piece[] }
  | { readonly is: 'step'; readonly number: number; readonly pieces: readonly Piece[] }
  /** A list that belongs to the item before it. */
  | { readonly is: 'names'; readonly names: readonly string[] }

const block = (is: 'title' | 'heading' | 'text' | 'item', ...pieces: readonly Piece[]): Block => ({
  is,
  pieces,
})
const names = (accounts: readonly AccountRef[]): Block => ({ is: 'names', names: accounts.map(({ email }) => email) })

/** A recovery card in words (ref 5, 7). */
export function recoveryBlocks(recovery: Recovery): readonly Block[] {
  const { organization, run, digest, undo } = recovery
  return [
    block('title', 'Recovery card for', { name: organization.name }),
    block(
      'text',
      'How to undo by hand what this run makes stricter. Undo only what was carried out: the result of the run says which steps that are.',
    ),
    block('item', 'Organization:', { code: organization.id }),
    block('item', 'Run:', { code: run }),
    block('item', 'Plan:', { code: digest }),
    block(
      'item',
      'The same with the API key:',
      { code: `postern revert ${run} --out revert.json` },
      ', then',
      { code: 'postern apply revert.json' },
      '(a plan like any other: what loosens needs its approvals)',
    ),
    ...who(recovery),
    block('heading', undo.length === 1 ? 'What to undo' : 'What to undo, the last step first'),
    ...undo.flatMap((one, index) => undoBlocks(one, index + 1)),
    ...singleSignOn(recovery),
    ...nobody(recovery),
  ]
}

function who({ admins, breakGlass }: Recovery): readonly Block[] {
  return [
    block('heading', 'Who can do it'),
    ...(admins.length === 0
      ? [block('item', 'Of no organization admin is it known that they can sign in after this run.')]
      : [block('item', 'Organization admins who can still sign in:'), names(admins)]),
    ...(breakGlass.length === 0
      ? [block('item', 'No break-glass account is known that can sign in after this run.')]
      : breakGlass.map(({ email, mailbox }) =>
          block(
            'item',
            'Break-glass account',
            { name: email },
            ...(mailbox === undefined
              ? []
              : [
                  mailbox === 'independent'
                    ? '(its mail can be read without the identity provider)'
                    : '(its mail cannot be read without the identity provider)',
                ]),
          ),
        )),
  ]
}

const undoBlocks = (undo: Undo, number: number): readonly Block[] => [
  { is: 'step', number, pieces: headline(undo) },
  ...undo.parts.flatMap(part => partBlocks(undo, part)),
  block('item', effect(undo)),
  ...(undo.letsIn.length === 0
    ? []
    : [
        block('item', 'If your own address is shut out, do it from one that the allowlist lets in:'),
        { is: 'names' as const, names: undo.letsIn },
      ]),
]

function headline({ channel, action, kind, name, parts }: Undo): readonly Piece[] {
  const accounts = parts.reduce((sum, part) => sum + part.accounts.length, 0)
  if (action === 'move') return [`${count(accounts, 'account')} ${accounts === 1 ? 'moves' : 'move'} into`, { name }]
  if (action === 'suspend') return [accountsWords({ action }, accounts)]
  if (kind === 'IpAllowlist') {
    const verb = action === 'create' ? 'is made' : action === 'delete' ? 'is deleted' : 'changes'
    return ['The IP allowlist', { name }, verb]
  }
  const what =
    kind === 'ExternalUserPolicy' ? ['The external user policy', { name }] : ['The authentication policy', { name }]
  const verb = action === 'confirm' ? 'may change' : 'changes'
  return [...what, channel === 'console' ? `${verb} in the console` : verb]
}

function partBlocks(undo: Undo, part: UndoPart): readonly Block[] {
  const { url, clicks, accounts, settings } = part
  return [
    ...todo(undo, part),
    block('item', 'Page:', { url }),
    block('item', 'Or click:', { clicks }),
    ...settings.flatMap(({ label, was }) => (was === undefined ? [] : formerBlocks(undo, label, was))),
    ...unknownBlocks(settings.filter(({ was }) => was === undefined)),
    ...(accounts.length === 0 ? [] : [block('item', 'Accounts:'), names(accounts)]),
  ]
}

const addMembers = 'add them to its members by address: up to 20 typed at once, or a CSV file of up to 10,000'

function todo({ action }: Undo, { policy, accounts }: UndoPart): readonly Block[] {
  const all = count(accounts.length, 'account')
  switch (action) {
    case 'move':
      return [
        policy === undefined
          ? block('item', `Which policy ${all} came from is not known: the audit log may tell. There, ${addMembers}`)
          : block('item', 'Back to', { name: policy }, `(${all}): ${addMembers}`),
      ]
    case 'suspend':
      return [
        block(
          'item',
          `Give access back to ${all}: the opposite of “Suspend access”. Roles and groups come back with it`,
        ),
      ]
    case 'create':
      return [block('item', 'Delete it')]
    case 'delete':
      return [block('item', 'Make it anew, as it was')]
    default:
      return [
        block(
          'item',
          action === 'confirm' ? 'Set back what was changed there' : 'Set its settings back to what they were',
        ),
      ]
  }
}

/** Settings of which nobody knows what they were, in one line: there may be a dozen of them. */
function unknownBlocks(settings: readonly FormerSetting[]): readonly Block[] {
  if (settings.length === 0) return []
  const labels = settings.flatMap(({ label }, index) => [...(index === 0 ? [] : [',']), { name: label }])
  return [
    settings.length === 1
      ? block('item', ...labels, ': as it was. Look into the audit log, or ask who set it')
      : block('item', ...labels, ': as they were. Look into the audit log, or ask who set them'),
  ]
}

function formerBlocks({ action }: Undo, label: string, was: readonly string[]): readonly Block[] {
  const [only, ...others] = was
  const to = action === 'confirm' ? 'to what was last known of it:' : 'to'
  return only !== undefined && others.length === 0
    ? [block('item', { name: label }, to, { name: only })]
    : [block('item', { name: label }, `${to.replace(':', '')}:`), { is: 'names', names: was }]
}

/** How long it takes until the undo holds. */
function effect({ action, kind, channel }: Undo): string {
  if (action === 'move')
    return 'Atlassian moves them in the background and mails when it is done. It holds from their next sign-in'
  if (kind === 'IpAllowlist') return 'Atlassian applies it in the background: how long that takes is not documented'
  if (action === 'suspend') return 'How long it takes until access is back is not documented'
  return kind === 'ExternalUserPolicy' && channel === 'console'
    ? 'It holds after about 10 minutes'
    : 'It holds from the next sign-in'
}

const singleSignOn = ({ singleSignOn: pages }: Recovery): readonly Block[] =>
  pages.length === 0
    ? []
    : [
        block('heading', 'If single sign-on fails for everybody'),
        block(
          'text',
          'Who can sign in edits the policy and unticks single sign-on: its members then sign in with their Atlassian password.',
        ),
        ...pages.flatMap(({ policy, url, clicks }) => [
          block('item', 'Policy', { name: policy }),
          block('item', 'Page:', { url }),
          block('item', 'Or click:', { clicks }),
        ]),
      ]

const nobody = ({ run, breakGlass }: Recovery): readonly Block[] => [
  block('heading', 'If nobody can sign in'),
  ...(breakGlass.length === 0
    ? []
    : [block('item', 'Sign in with a break-glass account: it is kept outside of what may fail.')]),
  block(
    'item',
    'The API key goes on working, since authentication policies do not apply to it; an IP allowlist may. Where the key is:',
    { code: `postern revert ${run} --out revert.json` },
    'plans to undo the steps of the API, and',
    { code: 'postern apply revert.json' },
    'does it. Those of the console wait for somebody who can sign in.',
  ),
  block(
    'item',
    'The last way is Atlassian support. Its portal may send you to the same identity provider: use an account outside of it.',
  ),
]
