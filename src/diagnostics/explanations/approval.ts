import type { ApprovalFacts } from '../approval-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const approvalExplanations: ExplanationsOf<ApprovalFacts> = {
  'approval/not-listed': {
    means:
      'Whoever approves, or attests where `approvals.attestations` demands a code, must be under `approvals.approvers` both in what was last applied and in the documents of the plan. So nobody can add themselves and approve it.',
    fix: 'Use a name as it stands there; the message lists them. A new approver counts after an apply that one of the present ones approved. See [approvals](approvals.md).',
  },
  'approval/author': {
    means:
      'This person made the plan: their name, email or one of their `logins` is the plan’s author. Nobody approves a plan of their own.',
    fix: 'Ask another approver.',
  },
  'approval/unknown-author': {
    means: 'The plan does not tell who made it, so it could be anybody who approves now, and nobody may.',
    fix: 'Make the plan in a CI job that tells who started it, or with `postern plan --author LOGIN --out plan.json`.',
  },
  'approval/plan-expired': {
    means: 'The plan can no longer be carried out, so an approval would be worth nothing.',
    fix: 'Plan again and approve the new plan. `guards.planExpiresAfter` says how long a plan lasts.',
  },
  'approval/not-needed': {
    means: 'By the rules of the documents this plan takes no approval, so none was recorded.',
    fix: 'Apply it. If plans like this should be approved, set `approvals.everything` or `approvals.loosening`.',
  },
  'approval/bad-code': {
    means:
      'What was given as a one-time code is not six digits. It was not looked at and does not count as a wrong code.',
    fix: 'Type what the authenticator app shows, without a blank.',
  },
  'approval/wrong-code': {
    means:
      'The code has the right form and is not the one of this approver’s secret now. Wrong codes are counted, and several bring a pause.',
    fix: 'Take the current code of the right entry in the app. If it is refused again, set the phone’s clock to automatic; then check that the secret is the one that was enrolled.',
  },
  'approval/used-code': {
    means: 'Each code counts once, and this one was used within the last minute or so, perhaps for another plan.',
    fix: 'Wait for the next code, at most 30 seconds.',
  },
  'approval/paused': {
    means:
      'Too many codes of this approver were wrong, so none is looked at until the time in the message. Whoever guessed knows the name and can write to the ledger.',
    fix: 'Wait. Ask the approver whether it was them; if not, enrol anew and look who has access to the ledger.',
  },
  'approval/needs-code': {
    means:
      'A one-time code is needed and there is no terminal to ask at, or an attestation came without one although `approvals.attestations` demands it.',
    fix: 'Give it with `--code -` from standard input, or run the command at a terminal.',
  },
  'approval/bad-otp': {
    means:
      'One of the values of `--otp` is not NAME:CODE with six digits. What was given is not repeated, since it may be a secret. Nothing was recorded.',
    fix: 'Write `--otp alice:CODE`, once for each approver.',
  },
  'approval/twice': {
    means: '`--otp` was given twice for one approver, and one person’s approval counts once. Nothing was recorded.',
    fix: 'Give one code for each approver; a second approval must be another person’s.',
  },
  'approval/code-shown': {
    means:
      'A code on the command line is seen by whoever sees the list of processes or the log of the job. Once it was used it is worth nothing.',
    fix: 'Prefer `--code -`, which reads it from standard input, or type it at the terminal.',
  },
  'approval/no-secret': {
    means:
      'To check a code Postern needs the approver’s secret, and neither their variable nor `POSTERN_APPROVER_COMMAND` gives it here.',
    fix: 'Approve where the secrets are, usually a protected CI environment, or set `POSTERN_APPROVER_COMMAND` to a command that prints it. Who has none enrols: `postern approve --enrol --as NAME`.',
  },
  'approval/bad-secret': {
    means:
      'The variable or the command in the message gives something that cannot be a secret: not Base32, or too short or too long. It is not shown.',
    fix: 'Store the secret exactly as `postern approve --enrol` printed it: the bare Base32 text.',
  },
  'approval/secret-command': {
    means:
      '`POSTERN_APPROVER_COMMAND` gave no secret: it failed, took longer than 30 seconds, or printed nothing. Its output is not shown.',
    fix: 'Run it yourself with `POSTERN_APPROVER=NAME`: the first line of its output must be the secret. It sees no other `POSTERN_` variable.',
  },
  'approval/reserved-name': {
    means: 'The variable of an approver of this name would be `POSTERN_APPROVER_COMMAND`, which is something else.',
    fix: 'Give them another name under `approvals.approvers`.',
  },
  'approval/enrol-place': {
    means:
      'Enrolling prints a secret once. Here it would end in the log of a CI job, in a file or in a report, where it stays and others read it.',
    fix: 'Run `postern approve --enrol --as NAME` at your own terminal, without `--output` and `--format json`, or pipe it straight into the secret store.',
  },
  'approval/not-proven': {
    means: 'After enrolling no right code was typed, so the app may not hold the secret. Nothing of it was kept.',
    fix: 'Remove the entry from the app and enrol again. Check the phone’s clock.',
  },
}
