import { foldEmail } from '../model/account.ts'
import type { DriftReport } from '../model/drift.ts'
import { findingsGitlab, type Finding, type GitlabView } from './diagnostics-gitlab.ts'
import { differenceDiagnostic, openByClass } from './drift-words.ts'

/** A Code Quality report of GitLab: what was not read, each difference that nobody excepted at the line that governs it, the most urgent first, then the diagnostics. A difference is the same finding from check to check. */
export function driftGitlab(report: DriftReport, view: GitlabView): string {
  const { complete, history, notRead, differences, diagnostics } = report
  const unread = notRead.map(({ what, why }): Finding => ({
    found: {
      code: 'drift/not-read',
      severity: complete ? 'note' : 'error',
      summary: `not read: ${what}: ${why}`,
    },
  }))
  const open = openByClass(differences)
    .flatMap(([, found]) => found)
    .map((one): Finding => {
      const { kind, name, path, account } = one
      return {
        found: differenceDiagnostic(one, history),
        identity: JSON.stringify(['drift', kind, name, path, account === undefined ? null : foldEmail(account.email)]),
      }
    })
  return findingsGitlab([...unread, ...open, ...diagnostics.map(found => ({ found }))], view)
}
