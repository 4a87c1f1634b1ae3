import { compareText } from '../model/address.ts'
import type { Plan, ProvenField } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { age, evidenceWords, valueWords } from './evidence-words.ts'
import { forTerminal } from './harmless.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, pad, paragraph, widest } from './style.ts'

/** More lines than these are summed up, unless everything was asked for. */
const most = 120

/** What is in sync, each field with the evidence that says so. Never without. */
export function inSyncLines({ inSync }: Pick<Plan, 'inSync'>, view: PlanView): readonly string[] {
  const { style, verbose } = view
  if (inSync.length === 0) return []
  const title = style.bold('In sync')
  if (!verbose && inSync.length > most)
    return [
      title,
      ...paragraph(summary(inSync, view), style.width, '  '),
      style.dim('  (--verbose shows each field)'),
      '',
    ]
  const objects = new Map<string, ProvenField[]>()
  for (const field of inSync) {
    const key = `${field.kind} “${forTerminal(field.name)}”`
    objects.set(key, [...(objects.get(key) ?? []), field])
  }
  const column = widest(
    inSync.map(({ path }) => path),
    34,
  )
  const values = widest(
    inSync.map(({ value }) => valueWords(value)),
    26,
  )
  return [
    title,
    ...[...objects].flatMap(([object, fields]) => [
      ...fitted([`  ${object}`], style.width),
      ...fields.flatMap(({ path, value, evidence }) =>
        paragraph(
          style.dim(`in sync (${evidence.map(item => evidenceWords(item, view.now)).join('; ')})`),
          style.width,
          `    ${style.green('=')} ${pad(path, column)}  ${pad(shortened(valueWords(value)), values)}  `,
        ),
      ),
    ]),
    '',
  ]
}

const shortened = (text: string): string => (text.length > 26 ? `${text.slice(0, 25)}…` : text)

function summary(inSync: readonly ProvenField[], { now }: PlanView): string {
  const sources = new Map<string, string[]>()
  for (const { evidence } of inSync)
    for (const { from, at } of evidence) sources.set(from, [...(sources.get(from) ?? []), at])
  const words: Readonly<Record<string, string>> = {
    api: 'API',
    export: 'export',
    attestation: 'attestation',
    declaration: 'declaration',
  }
  const parts = [...sources]
    .sort(([a], [b]) => compareText(a, b))
    .map(([from, times]) => {
      const oldest = [...times].sort(compareText)[0] ?? ''
      return `${times.length} by ${words[from] ?? from} (oldest ${age(oldest, now)})`
    })
  return `${count(inSync.length, 'field')}: ${parts.join(', ')}`
}
