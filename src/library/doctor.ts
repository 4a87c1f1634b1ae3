import { resolve } from 'node:path'
import type { DoctorReport } from '../model/doctor-report.ts'
import { doctor as lookAt } from '../operations/doctor.ts'
import { dateOf } from './clock.ts'
import { ledgerAt, reach } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/** What is looked at. */
export interface DoctorOptions extends LiveOptions {
  /** Holds the secrets of approvers as `POSTERN_APPROVER_<NAME>`, to see whether they are there: `process.env`, or what a secret store told. */
  readonly secrets?: Readonly<Record<string, string | undefined>> | undefined
}

/** Looks at everything that Postern needs to run, and says what is missing and how to fix it. Changes nothing. It is `ok` in any case: the checks say what failed. */
export async function doctor(options: DoctorOptions): Promise<Outcome<DoctorReport>> {
  const { folder, clock, secrets = {} } = options
  const report = await lookAt({
    folder: { shown: folder, path: resolve(folder) },
    connection: reach(options.connection, options),
    ledger: ledgerAt(options.ledger),
    now: () => dateOf(clock),
    node: process.versions.node,
    secrets: { env: secrets },
    commands: [],
  })
  return { ok: true, value: report, diagnostics: report.diagnostics }
}
