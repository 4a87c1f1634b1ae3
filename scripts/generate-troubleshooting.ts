import { readFile } from 'node:fs/promises'
import { severities, wording, type Code, type Facts } from '../src/diagnostics/catalogue.ts'
import { diagnostic } from '../src/diagnostics/diagnostic.ts'
import { explanations } from '../src/diagnostics/explanations/index.ts'
import { guardCodes } from '../src/engine/guards/index.ts'
import { Places } from '../src/diagnostics/to-document.ts'
import type { Severity } from '../src/model/diagnostic-document.ts'
import { driftClasses } from '../src/model/drift.ts'
import { diagnosticsText } from '../src/render/diagnostics-text.ts'
import { driftClassWords } from '../src/render/drift-words.ts'
import { paragraph, plainStyle } from '../src/render/style.ts'
import { refusedByCases } from './troubleshooting/refused-by-cases.ts'
import { samples } from './troubleshooting/samples.ts'

/** What the codes of an area, the part before the slash, are about. */
const areas: Readonly<Record<string, string>> = {
  approval: 'one-time codes, approvers and their secrets',
  apply: 'carrying a plan out',
  aws: 'running on AWS',
  audit: 'the chain of evidence bundles',
  base: 'what a change of the documents brings (`plan --base`)',
  ci: 'jobs of GitHub Actions, GitLab CI and Bitbucket Pipelines',
  coverage: 'who really has to pass a second factor',
  drift: 'the organization compared with what was last applied',
  evidence: 'console exports, attestations and what they prove',
  forge: 'GitHub, GitLab and Bitbucket: comments, issues, and what CI tells of a pull request',
  guard: 'guards that block a plan; in a plan they stand under their bare name',
  import: 'writing documents from an organization',
  init: 'the first policy folder',
  ledger: 'what is kept between runs',
  org: 'the live organization and calls to its API',
  plan: 'documents compared with the organization, and saved plans',
  policy: 'the text of documents, and contradictions in them',
  revert: 'undoing a run',
  run: 'the command line and the machine',
  simulate: 'the simulator',
  snapshot: 'snapshots of the organization, for jobs without a key',
  unlock: 'the lock of the ledger',
  watch: 'the loop of checks, its metrics and its webhook',
}

/** Codes that are not always of one severity, and what decides. */
const otherwise: Readonly<Partial<Record<Code, string>>> = {
  'coverage/unmet': 'or what `severity` of the requirement says',
  'unlock/not-locked': 'an error where the lock was let go between the question and the answer',
}

/** The page that explains every code, by area, under an anchor of its name. */
export async function troubleshootingPage(): Promise<string> {
  const [top, refused] = await Promise.all([
    readFile('scripts/troubleshooting/by-symptom.md', 'utf8'),
    refusedByCases('test/cases/refusals'),
  ])
  const codes = (Object.keys(wording) as Code[]).sort()
  const names = [...new Set(codes.map(areaOf))]
  const counted = (area: string): number => codes.filter(code => areaOf(code) === area).length
  return [
    '<!-- Written by `npm run generate` from src/diagnostics and scripts/troubleshooting: edit there. -->\n',
    top,
    '## Codes by area\n',
    '| area | is about | codes |\n|---|---|---|',
    ...names.map(area => `| [${area}](#area-${area}) | ${areas[area] ?? ''} | ${counted(area)} |`),
    '',
    ...codes.flatMap((code, index) => [
      ...(areaOf(code) === areaOf(codes[index - 1]) ? [] : [area(areaOf(code))]),
      section(code, refused.get(code) ?? sampled(code)),
    ]),
  ].join('\n')
}

const areaOf = (code: Code | undefined): string => code?.split('/')[0] ?? ''

const area = (name: string): string =>
  `<a id="area-${name}"></a>\n\n## ${name}: ${areas[name] ?? ''}\n` + (name === 'drift' ? differences() : '')

/** In reports for other programs a difference has its class for a code. */
const differences = (): string =>
  `
In SARIF, JUnit and GitHub annotations each difference that [drift](drift.md) finds has a code of its class.

| code | severity | means | what to do |
|---|---|---|---|
${driftClasses
  .map(name => {
    const { severity, meaning, hint } = driftClassWords(name)
    return `| <a id="drift/${name}"></a>drift/${name} | ${severity} | ${meaning} | ${hint} |\n`
  })
  .join('')}`

function section(code: Code, example: string): string {
  const { means, fix } = explanations[code]
  const condition = otherwise[code]
  return `<a id="${code}"></a>

### ${code}

*${isGuard(code) ? 'blocks the plan' : severityOf(code)}*${condition === undefined ? '' : ` (${condition})`}

\`\`\`text
${example.trimEnd()}
\`\`\`

${means}

**What to do.** ${fix}
`
}

const severityOf = (code: Code): Severity => (severities as Readonly<Partial<Record<Code, Severity>>>)[code] ?? 'error'

/** What people see of a code with sample facts. */
function sampled(code: Code): string {
  const facts = (samples as Readonly<Partial<Record<Code, object>>>)[code]
  if (facts === undefined) throw new Error(`no case in test/cases/refusals and no sample shows ${code}`)
  if (isGuard(code)) return blocking(code, facts as Facts['guard/loosens'])
  const found = new Places(new Map()).document(diagnostic(code, facts as never))
  return diagnosticsText([found], { style: plainStyle(100), folder: 'policies', texts: new Map() })
}

const isGuard = (code: Code): boolean => code.startsWith('guard/') && guardCodes.includes(bare(code))

const bare = (code: Code): string => code.slice('guard/'.length)

/** What a guard says is no diagnostic: it stands in the plan, as here. */
const blocking = (code: Code, { summary, lift }: Facts['guard/loosens']): string =>
  [
    ...paragraph(`${bare(code)}: blocks: ${summary}`, 100, '✗ '),
    ...(lift === undefined ? [] : paragraph(`to go on all the same: ${lift}`, 100, '  ')),
  ].join('\n')
