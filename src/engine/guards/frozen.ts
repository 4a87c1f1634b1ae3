import type { Guard, RunInput } from './guard.ts'

/** Nothing is applied in the times that the documents keep free of changes. */
export const frozen: Guard<RunInput> = {
  code: 'frozen',
  liftable: true,
  judge({ now, protections: { freeze } }) {
    const time = now.getTime()
    const current = freeze.filter(({ from, until }) => from <= time && time < until)
    // The longest one says when it is over.
    const [window] = [...current].sort((a, b) => b.until - a.until)
    if (window === undefined) {
      const next = Math.min(...freeze.filter(({ from }) => from > time).map(({ from }) => from))
      const ahead = Number.isFinite(next) ? `; the next begins at ${new Date(next).toISOString()}` : ''
      return { status: 'passed', summary: `no freeze window holds now${ahead}` }
    }
    const why = window.reason === undefined ? '' : ` (${window.reason})`
    return {
      status: 'blocks',
      summary: `nothing is applied until ${new Date(window.until).toISOString()}${why}`,
      otherwise: 'wait until it is over',
    }
  },
}
