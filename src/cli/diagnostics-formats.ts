import type { DiagnosticDocument } from '../model/diagnostic-document.ts'

/** Formats that show nothing but diagnostics. */
export const diagnosticFormats = ['sarif', 'junit', 'github', 'gitlab'] as const

export type DiagnosticFormat = (typeof diagnosticFormats)[number]

export const isDiagnosticFormat = (format: string): format is DiagnosticFormat =>
  (diagnosticFormats as readonly string[]).includes(format)

/** Diagnostics in one of these formats. Each renderer is loaded only where it is used. */
export async function inFormat(
  format: DiagnosticFormat,
  diagnostics: readonly DiagnosticDocument[],
  { folder, files, version }: { readonly folder: string; readonly files: readonly string[]; readonly version: string },
): Promise<string> {
  switch (format) {
    case 'github':
      return (await import('../render/diagnostics-github.ts')).diagnosticsGithub(diagnostics, folder)
    case 'gitlab':
      return (await import('../render/diagnostics-gitlab.ts')).diagnosticsGitlab(diagnostics, {
        folder,
        files,
        sha256Base64: (await import('./sha256-base64.ts')).sha256Base64,
      })
    case 'sarif':
      return (await import('../render/diagnostics-sarif.ts')).diagnosticsSarif(diagnostics, folder, version)
    case 'junit':
      return (await import('../render/diagnostics-junit.ts')).diagnosticsJunit(diagnostics, folder, files)
  }
}
