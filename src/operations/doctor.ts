import type { Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { DoctorCheck, DoctorReport } from '../model/doctor-report.ts'
import type { SecretSource } from './approver-secrets.ts'
import type { ConnectedCommand } from './command-operations.ts'
import type { Connection } from './connection.ts'
import { approversCheck } from './doctor/approvers.ts'
import { notChecked } from './doctor/check.ts'
import { checkKey, keyUnusable, type KeyReport } from './doctor/check-key.ts'
import { connectBriefly } from './doctor/connect-briefly.ts'
import { documentsCheck, nodeCheck, type FolderPlace } from './doctor/documents.ts'
import { evidenceChecks } from './doctor/evidence.ts'
import { ledgerChecks } from './doctor/ledger.ts'
import { organizationChecks, organizationNotChecked } from './doctor/organization.ts'

/** What Postern has to run with. What could not even be opened is told, too. */
export interface DoctorOptions {
  readonly folder: FolderPlace
  readonly connection: Outcome<Connection>
  readonly ledger: Outcome<Ledger>
  readonly now: () => Date
  /** The version of Node.js: `20.19.1`. */
  readonly node: string
  readonly secrets: SecretSource
  /** The commands that the key is for; all where none is named. */
  readonly commands: readonly ConnectedCommand[]
}

/** Looks at everything that Postern needs to run, and says what is missing. Changes nothing, neither in the organization nor in the ledger. */
export async function doctor(options: DoctorOptions): Promise<DoctorReport> {
  const now = options.now()
  const { check: documents, loaded } = await documentsCheck(options.folder, now)
  const desired = loaded?.result.ok === true ? loaded.result.value : undefined
  const declared = desired?.organization.spec
  const keyOptions = {
    now: options.now,
    organization: declared?.id,
    keyLabel: declared?.runner?.keyLabel,
    commands: options.commands,
  }
  const key = options.connection.ok
    ? await checkKey(options.connection.value, keyOptions)
    : keyUnusable(options.connection.diagnostics, keyOptions)
  const organization = declared ?? (key.organizations.length === 1 ? key.organizations[0] : undefined)
  const { checks: ledger, state } = await ledgerChecks(options.ledger, { organization: organization?.id, now })
  const checks: readonly DoctorCheck[] = [
    nodeCheck(options.node),
    documents,
    ...key.checks,
    ...(await liveChecks(options.connection, key, desired, organization?.id)),
    ...ledger,
    ...(desired === undefined
      ? [notChecked('evidence', noDocuments), notChecked('approvers', noDocuments)]
      : [
          ...(state === undefined
            ? [notChecked('evidence', 'the ledger cannot be read')]
            : evidenceChecks(desired, state, now)),
          await approversCheck(desired, state, options.secrets),
        ]),
  ]
  return {
    formatVersion: '1.0',
    ...(organization && { organization: { name: organization.name, id: organization.id } }),
    checks,
    diagnostics: loaded?.result.diagnostics.map(found => loaded.places.document(found)) ?? [],
  }
}

const noDocuments = 'there are no valid documents'

async function liveChecks(
  connection: Outcome<Connection>,
  { answers }: KeyReport,
  desired: Desired | undefined,
  organization: string | undefined,
): Promise<readonly DoctorCheck[]> {
  if (!connection.ok || answers.size === 0 || organization === undefined)
    return organizationNotChecked('the organization could not be asked')
  const client = await connectBriefly(connection.value, organization)
  try {
    return await organizationChecks(client, answers, desired)
  } finally {
    await client.close()
  }
}
