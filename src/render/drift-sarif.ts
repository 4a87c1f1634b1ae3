import { foldEmail } from '../model/account.ts'
import type { DriftDifference, DriftReport } from '../model/drift.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { diagnosticsSarif } from './diagnostics-sarif.ts'
import { differenceDiagnostic, driftClassWords, exceptionWords } from './drift-words.ts'
import { forTerminal } from './harmless.ts'

interface Log extends JsonObject {
  readonly runs: readonly [Run]
}

interface Run extends JsonObject {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } & JsonObject }
  readonly results: readonly JsonObject[]
}

/**
 * A SARIF 2.1.0 log: a result for each difference at the line that governs it, then one for each diagnostic. A difference keeps its fingerprint from check to
 * check; one that is excepted is suppressed.
 */
export function driftSarif(report: DriftReport, folder: string, version: string): string {
  const { differences, diagnostics, complete, checkedAt, lastCompleteAt, reading, history, notRead } = report
  const all = [...differences.map(one => withoutLinks(differenceDiagnostic(one, history))), ...diagnostics]
  // Places and rules of a difference are those of a diagnostic: what else a result carries is added to them.
  const log = JSON.parse(diagnosticsSarif(all, folder, version)) as Log
  const [run] = log.runs
  const meanings = new Map(differences.map(({ class: name }) => [`drift/${forTerminal(name)}`, driftClassWords(name)]))
  const { driver } = run.tool
  return `${JSON.stringify(
    {
      ...log,
      runs: [
        {
          ...run,
          tool: {
            driver: {
              ...driver,
              rules: driver.rules.map(rule => {
                const words = meanings.get(rule.id)
                return words === undefined ? rule : { ...rule, ...ruleWords(words) }
              }),
            },
          },
          // A partial read is an error, never in sync.
          invocations: [
            {
              executionSuccessful: complete,
              toolExecutionNotifications: notRead.map(({ what, why }) => ({
                level: complete ? 'warning' : 'error',
                message: { text: plain(`not read: ${what}: ${why}`) },
              })),
            },
          ],
          properties: { checkedAt, lastCompleteAt, complete, reading: withPlainWords(reading), history },
          results: run.results.map((result, index) => {
            const difference = differences[index]
            return difference === undefined ? result : { ...result, ...identity(difference) }
          }),
        },
      ],
    },
    null,
    2,
  )}\n`
}

const ruleWords = ({ meaning, hint }: { readonly meaning: string; readonly hint: string }): JsonObject => ({
  shortDescription: { text: meaning },
  help: { text: hint },
})

/** What is the same for as long as a difference is there, and whether somebody answers for it. */
function identity({ kind, name, path, account, exception }: DriftDifference): Readonly<Record<string, Json>> {
  return {
    partialFingerprints: {
      'difference/v1': JSON.stringify([kind, name, path, account === undefined ? null : foldEmail(account.email)]),
    },
    ...(exception !== undefined && {
      suppressions: [{ kind: 'external', justification: plain(exceptionWords(exception)) }],
    }),
  }
}

const withPlainWords = ({ because, ...reading }: DriftReport['reading']): JsonObject => ({
  ...(reading as unknown as JsonObject),
  because: because.map(({ code, summary }) => ({ code, summary: plain(summary) })),
})

const withoutLinks = <Found extends { readonly summary: string }>(found: Found): Found => ({
  ...found,
  summary: plain(found.summary),
})

// A message may hold links, `[text](address)`: a joiner between the brackets takes that from a name.
const plain = (text: string): string => forTerminal(text).replaceAll('](', ']\u200d(')
