import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** What is noticed while desired and live are compared. */
export interface PlanFacts {
  'plan/unclaimed': { readonly accounts: readonly string[] }
  'plan/unknown-directory': { readonly accounts: readonly string[] }
  'plan/account-inactive': { readonly account: string }
  'plan/account-not-found': { readonly account: string }
  'plan/group-not-found': { readonly group: string }
  'plan/two-groups': { readonly group: string; readonly groups: number }
  'plan/external-group-members': { readonly group: string; readonly accounts: readonly string[] }
  'plan/domain-not-verified': { readonly domain: string; readonly status?: string }
  'plan/two-objects': { readonly kind: string; readonly name: string; readonly ids: readonly string[] }
  'plan/unreadable-field': { readonly kind: string; readonly name: string; readonly field: string }
  'plan/settling': { readonly kind: string; readonly name: string }
  'plan/access-violated': { readonly rule: string; readonly accounts: readonly string[] }
  'plan/access-spared': { readonly accounts: readonly string[] }
  'plan/activity-unknown': { readonly accounts: readonly string[] }
  'plan/activity-unreadable': { readonly why: string }
  'plan/activity-limit': { readonly wanted: number; readonly asked: number }
  'plan/tokens-unreadable': { readonly why: string }
  'plan/no-address': { readonly accounts: readonly string[] }
  'plan/evidence-contradicted': {
    readonly kind: string
    readonly name: string
    readonly path: string
    readonly why: string
  }
  'plan/no-longer-governed': { readonly objects: readonly string[] }
  'plan/file-unreadable': { readonly file: string; readonly why: string }
  'plan/file-edited': { readonly file: string }
  'plan/file-foreign-request': { readonly request: string }
  'plan/newer-format': { readonly file: string; readonly version: string }
}

export const planWording: WordingOf<PlanFacts> = {
  'plan/unclaimed': ({ accounts }) => ({
    summary: `${count(accounts.length, 'account')} ${accounts.length === 1 ? 'is' : 'are'} claimed by no policy and ${accounts.length === 1 ? 'stays' : 'stay'} where ${accounts.length === 1 ? 'it is' : 'they are'}: ${some(accounts)}`,
    hint: 'add a selector, or `everyoneElse: true` to the policy of the directory that should hold the rest',
  }),
  'plan/unknown-directory': ({ accounts }) => ({
    summary: `${count(accounts.length, 'account')} ${accounts.length === 1 ? 'is' : 'are'} in a policy that no document declares, or whose document has no id yet, so the directory is not known: not moved: ${some(accounts)}`,
    hint: 'declare the policy with its `id` and `directory`',
  }),
  'plan/account-inactive': ({ account }) => ({
    summary: `\`${account}\` is deactivated: only active accounts are moved`,
    hint: 'remove it from the list',
  }),
  'plan/account-not-found': ({ account }) => ({
    summary: `there is no account \`${account}\` in the organization`,
    hint: 'has its address changed, or was it deleted? Remove it from the list',
  }),
  'plan/group-not-found': ({ group }) => ({
    summary: `there is no group \`${group}\` in the organization`,
    hint: 'check its name under Directory → Groups',
  }),
  'plan/two-groups': ({ group, groups }) => ({
    summary: `${groups} groups of the organization are called \`${group}\`: which one is meant?`,
    hint: 'rename one of them under Directory → Groups',
  }),
  'plan/external-group-members': ({ group, accounts }) => ({
    summary: `the group \`${group}\` holds ${count(accounts.length, 'external account')}, which no authentication policy can hold: ${some(accounts)}`,
    hint: 'the external user policy applies to them',
  }),
  'plan/domain-not-verified': ({ domain, status }) => ({
    summary:
      status === undefined
        ? `${domain} is not a domain of the organization: its accounts are external`
        : `${domain} is not verified any more (its status is \`${status}\`): its accounts can slip out of every policy`,
    hint: 'verify it at admin.atlassian.com → Settings → Domains, or remove it from `domains`',
  }),
  'plan/two-objects': ({ kind, name, ids }) => ({
    summary: `the organization has ${ids.length} objects called ${kind} \`${name}\`: ${some(ids)}`,
    hint: 'rename all but one of them in the console',
  }),
  'plan/unreadable-field': ({ kind, name, field }) => ({
    summary: `\`${field}\` of ${kind} \`${name}\` is served in a form that Postern does not know: neither compared nor changed`,
    hint: 'look at it in the console, and please report this',
  }),
  'plan/settling': ({ kind, name }) => ({
    summary: `Atlassian is still applying an earlier change to ${kind} \`${name}\``,
    hint: 'plan again in a few minutes',
  }),
  'plan/access-violated': ({ rule, accounts }) => ({
    summary: `${count(accounts.length, 'external account')} ${accounts.length === 1 ? 'breaks' : 'break'} the rule ${rule}: ${some(accounts)}`,
    hint: '`onViolation: suspend` takes their access; or widen the rule',
  }),
  'plan/access-spared': ({ accounts }) => ({
    summary: `${count(accounts.length, 'external account')} ${accounts.length === 1 ? 'breaks' : 'break'} an access rule and ${accounts.length === 1 ? 'is' : 'are'} never suspended by one: ${some(accounts)}`,
    hint: 'break-glass accounts, organization admins and portal customers keep their access, as does whoever may be one because the API tells no roles, apps or address; look at them yourself',
  }),
  'plan/activity-unknown': ({ accounts }) => ({
    summary: `it is not known when ${count(accounts.length, 'external account')} ${accounts.length === 1 ? 'was' : 'were'} last active, so \`inactiveAfter\` leaves ${accounts.length === 1 ? 'it' : 'them'} alone: ${some(accounts)}`,
    hint: 'take in the console’s “Export users” (Security → External users) with `postern observe`',
  }),
  'plan/activity-unreadable': ({ why }) => ({
    summary: `when accounts were last active could not be read: ${why}`,
    hint: 'who would have to be asked for is not suspended',
  }),
  'plan/activity-limit': ({ wanted, asked }) => ({
    summary: `${asked} of ${count(wanted, 'external account')} that may be inactive were asked for when they were last active; the others are left alone`,
    hint: `take in the console’s “Export users” (Security → External users) with \`postern observe\`, or ask for all with \`--last-active ${wanted}\`: 200 a minute are allowed, so about ${count(Math.ceil(wanted / 200), 'minute')}`,
  }),
  'plan/tokens-unreadable': ({ why }) => ({
    summary: `the API tokens of the organization could not be listed, so who goes around sign-in with one is not known: ${why}`,
    hint: 'give the key the scope read:tokens:admin',
  }),
  'plan/no-address': ({ accounts }) => ({
    summary: `the API tells no email address of ${count(accounts.length, 'account')}: counted, and neither moved nor suspended: ${some(accounts)}`,
    hint: 'look at them in Directory → Users',
  }),
  'plan/evidence-contradicted': ({ kind, name, path, why }) => ({
    summary: `\`${path}\` of ${kind} \`${name}\` is not what was seen any more: ${why}`,
    hint: 'look at the page, set it again and attest it; a change there takes about ten minutes to hold',
  }),
  'plan/no-longer-governed': ({ objects }) => ({
    summary: `${count(objects.length, 'object')} that the last apply governed ${objects.length === 1 ? 'is' : 'are'} in no document any more: ${some(objects, 9)}`,
    hint: 'from now on nobody compares or changes them; was a file lost in a merge?',
  }),
  'plan/file-unreadable': ({ file, why }) => ({
    summary: `\`${file}\` is not a plan: ${why}`,
    hint: 'make one with `postern plan --out FILE`',
  }),
  'plan/file-edited': ({ file }) => ({
    summary: `\`${file}\` was changed after it was made: its digest does not fit its steps`,
    hint: 'a plan cannot be edited: change the documents and plan again. Nothing was sent',
  }),
  'plan/file-foreign-request': ({ request }) => ({
    summary: `the plan holds a request that no plan makes: ${request}`,
    hint: 'plan again. Nothing was sent',
  }),
  'plan/newer-format': ({ file, version }) => ({
    summary: `\`${file}\` has the format ${version}, which is newer than this Postern`,
    hint: 'update Postern',
  }),
}

export const planSeverities = {
  'plan/unclaimed': 'note',
  'plan/unknown-directory': 'warning',
  'plan/account-inactive': 'warning',
  'plan/account-not-found': 'warning',
  'plan/external-group-members': 'warning',
  'plan/unreadable-field': 'warning',
  'plan/settling': 'note',
  'plan/access-violated': 'warning',
  'plan/no-longer-governed': 'warning',
  'plan/access-spared': 'note',
  'plan/activity-unknown': 'warning',
  'plan/activity-unreadable': 'warning',
  'plan/activity-limit': 'warning',
  'plan/tokens-unreadable': 'warning',
  'plan/no-address': 'warning',
  'plan/evidence-contradicted': 'warning',
} satisfies { readonly [C in keyof PlanFacts]?: Severity }
