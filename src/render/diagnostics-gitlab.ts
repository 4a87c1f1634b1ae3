import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { forTerminal } from './harmless.ts'
import { fileFrom } from './place.ts'

/** What a Code Quality report needs besides what it is about. */
export interface GitlabView {
  readonly folder: string
  /** The files of the documents, relative to the folder. */
  readonly files: readonly string[]
  /** A hash: identities come in as text and go out in a form that tells nothing. */
  readonly sha256Base64: (text: string) => string
}

/** A finding, and what is the same for as long as it is there. Without an identity it is its code, file and words. */
export interface Finding {
  readonly found: DiagnosticDocument
  readonly identity?: string
}

const severities = { error: 'critical', warning: 'minor', note: 'info' } as const

/** A Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function findingsGitlab(findings: readonly Finding[], { folder, files, sha256Base64 }: GitlabView): string {
  const seen = new Map<string, number>()
  const [first] = files
  const report = findings.map(({ found, identity }) => {
    const { code, severity, summary, hint, file, line } = found
    // GitLab takes no finding without a file, and one that is left out would pass as mended: it stands at the first document.
    const path = forTerminal(file ?? first ?? '')
    // Not the line: what moves down a file is the same finding still.
    const name = identity ?? JSON.stringify([code, file ?? null, summary])
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return {
      description: forTerminal(hint === undefined ? summary : `${summary}: ${hint}`),
      check_name: forTerminal(code),
      // GitLab shows one finding of each fingerprint: those that are alike are told apart by their order.
      fingerprint: sha256Base64(JSON.stringify([name, before])),
      severity: severities[severity],
      location: { path: path === '' ? folder : fileFrom(folder, path), lines: { begin: line ?? 1 } },
    }
  })
  return `${JSON.stringify(report, null, 2)}\n`
}

/** Diagnostics as a Code Quality report. */
export const diagnosticsGitlab = (diagnostics: readonly DiagnosticDocument[], view: GitlabView): string =>
  findingsGitlab(
    diagnostics.map(found => ({ found })),
    view,
  )
