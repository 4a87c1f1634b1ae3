import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** What is noticed about approvers, their secrets and their codes. No fact holds a secret or a code. */
export interface ApprovalFacts {
  'approval/not-listed': {
    readonly approver: string
    /** Those whose approval would count. */
    readonly listed: readonly string[]
    readonly near?: string
    /** Whether the documents name them, and what was last applied does not. */
    readonly proposed: boolean
  }
  'approval/author': { readonly approver: string; readonly author: string }
  'approval/unknown-author': Readonly<Record<string, never>>
  'approval/plan-expired': { readonly validUntil: string }
  'approval/not-needed': Readonly<Record<string, never>>
  'approval/bad-code': Readonly<Record<string, never>>
  'approval/wrong-code': { readonly approver: string; readonly left: number }
  'approval/used-code': { readonly approver: string }
  'approval/paused': { readonly approver: string; readonly until: string; readonly wrong: boolean }
  'approval/needs-code': { readonly approver: string }
  'approval/bad-otp': { readonly place: number }
  'approval/twice': { readonly approver: string }
  'approval/code-shown': Readonly<Record<string, never>>
  'approval/no-secret': { readonly approver: string; readonly variable: string }
  'approval/bad-secret': { readonly from: string; readonly fault: 'not-base32' | 'too-short' | 'too-long' }
  'approval/secret-command': { readonly approver: string; readonly why: string }
  'approval/reserved-name': { readonly approver: string }
  'approval/enrol-place': { readonly where: 'ci' | 'file' | 'json' }
  'approval/not-proven': { readonly approver: string }
}

const secretFaults = {
  'not-base32': 'is not Base32 (letters A to Z and digits 2 to 7)',
  'too-short': 'is shorter than 128 bits (26 characters)',
  'too-long': 'is longer than 512 bits (103 characters)',
} as const

const nothing = 'Nothing was recorded'

const whoMay = (listed: readonly string[], proposed: boolean): string =>
  listed.length === 0
    ? 'nobody is: name them under `approvals.approvers` of the Organization document.'
    : `approvers are ${some(listed, 20)}${proposed ? ': one of them approves the change that adds another' : ''}.`

export const approvalWording: WordingOf<ApprovalFacts> = {
  'approval/not-listed': ({ approver, listed, near: suggestion, proposed }) => ({
    summary: proposed
      ? `\`${approver}\` is an approver in the documents, and not yet with that address in what was last applied`
      : `\`${approver}\` is no approver`,
    hint: `${suggestion === undefined ? whoMay(listed, proposed) : `did you mean \`${suggestion}\`?`} ${nothing}`,
  }),
  'approval/author': ({ approver, author }) => ({
    summary: `\`${approver}\` made this plan (as \`${author}\`): nobody approves a plan of their own`,
    hint: `ask another approver. ${nothing}`,
  }),
  'approval/unknown-author': () => ({
    summary: 'it is not known who made this plan, so nobody can approve it',
    hint: `make it in a CI job that tells who started it, or say so: \`postern plan --author LOGIN --out FILE\`. ${nothing}`,
  }),
  'approval/plan-expired': ({ validUntil }) => ({
    summary: `the plan could be carried out until ${validUntil}`,
    hint: `plan again. ${nothing}`,
  }),
  'approval/not-needed': () => ({ summary: 'this plan needs no approval: nothing was recorded' }),
  'approval/bad-code': () => ({
    summary: 'a one-time code is six digits',
    hint: `type what the authenticator app shows, without a blank. It does not count as a wrong code. ${nothing}`,
  }),
  'approval/wrong-code': ({ approver, left }) => ({
    summary: `this is not the code of \`${approver}\` now`,
    hint: `${count(left, 'more wrong code')} ${left === 1 ? 'brings' : 'bring'} a pause. Is the clock of the phone right? ${nothing}`,
  }),
  'approval/used-code': ({ approver }) => ({
    summary: `this code of \`${approver}\` was used: each is taken once`,
    hint: `wait for the next one, up to 30 seconds. ${nothing}`,
  }),
  'approval/paused': ({ approver, until, wrong }) => ({
    summary: wrong
      ? `this is not the code of \`${approver}\` now, and too many before it were wrong: no code is looked at until ${until}`
      : `too many codes of \`${approver}\` were wrong: no code is looked at until ${until}`,
    hint: `was it them? Whoever tries codes knows their name and can write to the ledger. ${nothing}`,
  }),
  'approval/needs-code': ({ approver }) => ({
    summary: `the one-time code of \`${approver}\` is needed, and there is no terminal to ask at`,
    hint: `give it with \`--code\`, or \`--code -\` to read it from standard input. ${nothing}`,
  }),
  'approval/bad-otp': ({ place }) => ({
    summary: `number ${place} of the codes given is not NAME:CODE with a code of six digits`,
    hint: `such as \`--otp alice:CODE\`. ${nothing}`,
  }),
  'approval/twice': ({ approver }) => ({
    summary: `two codes were given for \`${approver}\`, and nobody approves twice`,
    hint: nothing,
  }),
  'approval/code-shown': () => ({
    summary: 'a code on the command line is seen by whoever sees the list of processes or the log',
    hint: 'it is worth nothing once it was used; `--code -` reads it from standard input',
  }),
  'approval/no-secret': ({ approver, variable }) => ({
    summary: `there is no secret to check a code of \`${approver}\` with: ${variable} is not set, nor is POSTERN_APPROVER_COMMAND`,
    hint: `run it where the secrets of approvers are, or enrol: \`postern approve --enrol --as ${approver}\`. ${nothing}`,
  }),
  'approval/bad-secret': ({ from, fault }) => ({
    summary: `the secret that ${from} gives ${secretFaults[fault]}`,
    hint: `\`postern approve --enrol\` makes one of 160 bits. ${nothing}`,
  }),
  'approval/secret-command': ({ approver, why }) => ({
    summary: `POSTERN_APPROVER_COMMAND gave no secret for \`${approver}\`: ${why}`,
    hint: `run it yourself with POSTERN_APPROVER=${approver}: its first line of output must be the secret. ${nothing}`,
  }),
  'approval/reserved-name': ({ approver }) => ({
    summary: `an approver cannot be called \`${approver}\`: the variable of that name is the command that gives secrets`,
    hint: 'give them another name in the Organization document',
  }),
  'approval/enrol-place': ({ where }) => ({
    summary: {
      ci: 'a secret is not made in a CI job: its output is a log',
      file: 'a secret is not written to a file',
      json: 'a secret is not part of a report',
    }[where],
    hint: 'run `postern approve --enrol` at your own terminal, or pipe it into the secret store',
  }),
  'approval/not-proven': ({ approver }) => ({
    summary: `no right code was given, so it is not known whether the app of \`${approver}\` works`,
    hint: 'remove the entry from the app and enrol again: nothing of this secret was kept',
  }),
}

export const approvalSeverities = {
  'approval/not-needed': 'note',
  'approval/code-shown': 'warning',
} satisfies { readonly [C in keyof ApprovalFacts]?: Severity }
