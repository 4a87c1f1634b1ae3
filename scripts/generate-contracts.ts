import { createGenerator, type Schema } from 'ts-json-schema-generator'

/** The documents that commands print, and the model type behind each. */
const contracts = {
  validate: ['src/model/reports.ts', 'ValidateReport'],
  failure: ['src/model/reports.ts', 'FailureReport'],
  plan: ['src/model/plan.ts', 'Plan'],
  apply: ['src/model/reports.ts', 'ApplyReport'],
  observe: ['src/model/reports.ts', 'ObserveReport'],
  attest: ['src/model/reports.ts', 'AttestReport'],
  approve: ['src/model/reports.ts', 'ApproveReport'],
  coverage: ['src/model/coverage.ts', 'CoverageReport'],
  explain: ['src/model/coverage.ts', 'ExplainReport'],
  drift: ['src/model/drift.ts', 'DriftReport'],
  audit: ['src/model/run-record.ts', 'AuditReport'],
  'run-record': ['src/model/run-record.ts', 'RunRecord'],
  doctor: ['src/model/doctor-report.ts', 'DoctorReport'],
  import: ['src/model/import-report.ts', 'ImportReport'],
  unlock: ['src/model/reports.ts', 'UnlockReport'],
  snapshot: ['src/model/snapshot.ts', 'Snapshot'],
} as const

/** One JSON Schema for each document, open for members to come. */
export const contractSchemas = (): readonly (readonly [string, Schema])[] =>
  Object.entries(contracts).map(([name, [path, type]]) => [
    name,
    {
      ...createGenerator({
        path,
        type,
        tsconfig: 'tsconfig.json',
        additionalProperties: true,
        topRef: false,
        skipTypeCheck: true,
        expose: 'none',
      }).createSchema(type),
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://postern.dev/schemas/${name}.schema.json`,
    },
  ])
