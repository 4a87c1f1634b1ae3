/** Paths of tests. */
export const longSuites: readonly string[]
