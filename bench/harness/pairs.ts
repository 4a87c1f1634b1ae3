import { oneProcess, type Command, type Run } from './one-process.ts'

/** One of those that are compared. */
export interface Contestant {
  /** Made anew for each run, and what it takes to make it ready is not measured. */
  readonly command: () => Command
  /** Throws where a run did not do what it should have. */
  readonly check?: (run: Run) => void | Promise<void>
}

export interface Rounds {
  readonly rounds: number
  /** Rounds before those, which don't count. */
  readonly warmUp: number
  readonly signal?: AbortSignal
  readonly onRound?: (round: number) => void
}

/** Runs them in turn, A B C A B C …, and returns the runs of each: those with the same index ran side by side. */
export async function alternate(
  contestants: Readonly<Record<string, Contestant>>,
  { rounds, warmUp, signal, onRound }: Rounds,
): Promise<(name: string) => readonly Run[]> {
  const all = Object.entries(contestants).map(([name, contestant]) => ({ name, ...contestant, runs: [] as Run[] }))
  for (let round = 0; round < warmUp + rounds; round++) {
    onRound?.(round + 1)
    for (const { command, check, runs } of all) {
      const run = await oneProcess(command(), signal)
      await check?.(run)
      if (round >= warmUp) runs.push(run)
    }
  }
  return name => all.find(one => one.name === name)?.runs ?? []
}
