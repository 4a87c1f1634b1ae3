import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { ImportReport } from '../../src/model/import-report.ts'
import { importMarkdown } from '../../src/render/import-markdown.ts'
import { importDiffText, importNextText, importText } from '../../src/render/import-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { acting, hostileTexts } from './hostile-text.ts'

const report: ImportReport = {
  formatVersion: '1.0',
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  folder: 'policies',
  written: true,
  found: { accounts: 48, domains: 1, directories: 2, authenticationPolicies: 2, ipAllowlists: 0 },
  files: [
    {
      file: 'authentication/staff.yaml',
      change: 'changed',
      diff: '--- a/authentication/staff.yaml\n+++ b/authentication/staff.yaml\n@@ -1 +1 @@\n-name: Crew\n+name: Staff\n',
    },
    { file: 'policy.schema.json', change: 'created', diff: '+{}\n' },
  ],
  unobserved: [
    { kind: 'AuthenticationPolicy', name: 'Staff', path: 'settings.idleSession', by: 'export' },
    { kind: 'AuthenticationPolicy', name: 'Staff', path: 'settings.apiTokens', by: 'attestation' },
    { kind: 'AuthenticationPolicy', name: 'Staff', path: 'settings.twoStepVerification', by: 'attestation' },
    { kind: 'ExternalUserPolicy', name: 'external', path: 'settings.authorizationMethod', by: 'attestation' },
  ],
  leftOut: [
    { kind: 'AuthenticationPolicy', name: '*', path: 'default', why: 'no API and no export shows it' },
    { kind: 'IpAllowlist', name: 'Office', why: 'another allowlist has the same name' },
  ],
  facts: 4,
  diagnostics: [],
}

const quiet: ImportReport = { ...report, files: [], unobserved: [], leftOut: [], facts: 0 }

/** The report with one text wherever the organization decides what stands there. */
const hostile = (name: string): ImportReport => ({
  ...report,
  organization: { name, id: name },
  folder: name,
  files: [{ file: name, change: 'changed', diff: `+${name}\n` }],
  unobserved: [{ kind: 'AuthenticationPolicy', name, path: 'settings.apiTokens', by: 'attestation' }],
  leftOut: [{ kind: 'IpAllowlist', name, why: name }],
})

describe('an import for a terminal', () => {
  it('is this at 80 columns', () =>
    expect(`\n${importText(report, plainStyle(80))}${importNextText(report, plainStyle(80))}`).toMatchInlineSnapshot(`
      "
      Import of acme (96c9b91d-3eab-41b4-9d9c-09eb84db70cf)
      48 active managed accounts, 2 authentication policies, 2 directories, 1 domain,
      0 IP allowlists

      Written to policies: 2 files
        changed  authentication/staff.yaml
        created  policy.schema.json
      Recorded as evidence from the exports: 4 settings

      Not yet observed, so left out of the documents and not managed
        Security → Authentication policies → Export members shows:
          AuthenticationPolicy “Staff”: settings.idleSession
        → postern import policies --export members.csv --complete
        A person who looks at the page of each in the console can tell:
          AuthenticationPolicy “Staff”: settings.apiTokens,
            settings.twoStepVerification
          ExternalUserPolicy “external”: settings.authorizationMethod
        → postern attest AuthenticationPolicy/Staff
        → postern attest ExternalUserPolicy/external
        → postern import policies --complete

      Left out
        - AuthenticationPolicy, default: no API and no export shows it
        - IpAllowlist “Office”: another allowlist has the same name

      Next
        postern validate policies  checks the documents, offline
        postern plan policies      compares them with what is live: nothing is left
                                   where import could take over all
        postern coverage policies  says who really has to pass a second factor
      "
    `))

  it('is short where there is nothing to do', () =>
    expect(`\n${importText(quiet, plainStyle(80))}`).toMatchInlineSnapshot(`
      "
      Import of acme (96c9b91d-3eab-41b4-9d9c-09eb84db70cf)
      48 active managed accounts, 2 authentication policies, 2 directories, 1 domain,
      0 IP allowlists

      Nothing to write to policies: no document differs in what import takes over

      "
    `))

  it.each([60, 80])('fits %i columns', width => {
    const style = plainStyle(width)
    const lines = `${importText(report, style)}${importNextText(report, style)}`.split('\n')
    expect(lines.filter(line => stringWidth(line) > width)).toEqual([])
  })

  it('shows how files change, but not the schema', () => {
    expect(importDiffText(report)).toContain('+name: Staff')
    expect(importDiffText(report)).not.toContain('{}')
  })

  it.each(hostileTexts)('keeps %j from acting', text => {
    const shown = hostile(text)
    expect(
      importText(shown, plainStyle(80)) + importNextText(shown, plainStyle(80)) + importDiffText(shown),
    ).not.toMatch(acting)
  })

  it('quotes a folder for the shell', () =>
    expect(importNextText({ ...report, folder: "o'ur $(policies)" }, plainStyle(120))).toContain(
      "postern plan 'o'\\''ur $(policies)'",
    ))
})

describe('an import as Markdown', () => {
  it('is this', () =>
    expect(`\n${importMarkdown(report, true)}`).toMatchInlineSnapshot(`
    "
    ### Import of acme

    48 active managed accounts, 2 authentication policies, 2 directories, 1 domain, 0 IP allowlists

    **Written to policies: 2 files**

    - changed: \`authentication/staff.yaml\`
    - created: \`policy.schema.json\`

    #### Not yet observed, so left out of the documents and not managed

    Security → Authentication policies → Export members shows:

    | object | settings |
    |---|---|
    | AuthenticationPolicy “Staff” | \`settings.idleSession\` |

    - \`postern import policies --export members.csv --complete\`

    A person who looks at the page of each in the console can tell:

    | object | settings |
    |---|---|
    | AuthenticationPolicy “Staff” | \`settings.apiTokens\`, \`settings.twoStepVerification\` |
    | ExternalUserPolicy “external” | \`settings.authorizationMethod\` |

    - \`postern attest AuthenticationPolicy/Staff\`
    - \`postern attest ExternalUserPolicy/external\`
    - \`postern import policies --complete\`

    #### Left out

    - AuthenticationPolicy, default: no API and no export shows it
    - IpAllowlist “Office”: another allowlist has the same name

    <details><summary><code>authentication/staff.yaml</code></summary>

    \`\`\`diff
    --- a/authentication/staff.yaml
    +++ b/authentication/staff.yaml
    @@ -1 +1 @@
    -name: Crew
    +name: Staff
    \`\`\`

    </details>
    "
  `))

  it('says it without diffs where they are in the commit', () =>
    expect(importMarkdown(report, false)).not.toContain('+name'))

  it('has a block of code that nothing ends', () => {
    const shown = { ...report, files: [{ file: 'a.yaml', change: 'changed' as const, diff: '+```\n+# ````\n' }] }
    expect(importMarkdown(shown, true)).toContain('`````diff\n+```\n+# ````\n`````')
  })

  it.each(hostileTexts)('keeps %j from acting', text => {
    const markdown = importMarkdown(hostile(text), true)
    // The mark that keeps an address from being a mention is our own.
    expect(markdown.replaceAll('\u200d', '')).not.toMatch(acting)
    const outsideOfCode = markdown.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '')
    expect(outsideOfCode).not.toMatch(/<script|<b>/)
  })
})
