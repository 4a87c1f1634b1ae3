import { configDefaults, defineConfig } from 'vitest/config'

/** Long suites of which others try a sample with every other test: they run with `npm run survival`. */
const onlyInFull = [
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

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env['POSTERN_SURVIVAL'] === 'full' ? [] : onlyInFull)],
    setupFiles: ['test/fixed-seed.ts'],
    testTimeout: 30_000,
    // One process for each file keeps a leaked handle or a changed environment inside the file that caused it.
    pool: 'forks',
    // The default leaves a core to whoever watches: on two cores that is half of them.
    maxWorkers: '150%',
  },
})
