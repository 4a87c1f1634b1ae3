/** The label of the issues that Postern opens, by which it finds them again. */
export const driftLabel = 'postern-drift'
