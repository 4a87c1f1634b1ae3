import type { Bench, Line, Row } from './row.ts'

/** The lines of a row. What goes wrong is the last of them: the next row has nothing to do with it. */
export async function* linesOf(row: Row, bench: Bench): AsyncGenerator<Line, void> {
  try {
    yield* row.measure(bench)
  } catch (error) {
    yield { type: 'failed', name: row.name, why: error instanceof Error ? error.message : String(error) }
  }
}
