/**
 * Long suites of which others try a sample with every other test. `npm test` leaves them out and `npm run survival` runs them: one list, so that none is left out of both.
 */
export const longSuites = [
  'test/bench/quick.test.ts',
  'test/browser/pages.test.ts',
  'test/ledger/killed-runs.test.ts',
  'test/ledger/s3-ledger.test.ts',
  'test/package/package.test.ts',
  'test/render/review/hostile.test.ts',
  'test/security/marked-key.test.ts',
  'test/survival/crash-objects.test.ts',
  'test/survival/crash-people.test.ts',
  'test/survival/drift-between.test.ts',
  'test/survival/faults-objects.test.ts',
  'test/survival/faults-people.test.ts',
  'test/survival/interrupt.test.ts',
  'test/terraform/life/membership.test.ts',
]
