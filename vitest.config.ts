import { configDefaults, defineConfig } from 'vitest/config'
import { longSuites } from './scripts/long-suites.mjs'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env['POSTERN_SURVIVAL'] === 'full' ? [] : longSuites)],
    setupFiles: ['test/fixed-seed.ts'],
    testTimeout: 30_000,
    // One process for each file keeps a leaked handle or a changed environment inside the file that caused it.
    pool: 'forks',
    // The default leaves a core to whoever watches: on two cores that is half of them.
    maxWorkers: '150%',
  },
})
