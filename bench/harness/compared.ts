import type { Compared, Goal } from './row.ts'
import type { Run } from './one-process.ts'
import { median, ratios, spread } from './statistics.ts'

/** The line of two that ran side by side. */
export function compared(name: string, own: readonly Run[], other: readonly Run[], goal?: Goal): Compared {
  const pairs = ratios(milliseconds(own), milliseconds(other))
  const [peakBytes, otherPeakBytes] = [own, other].map(runs => medianOf(runs, 'peakBytes'))
  const [cpuMilliseconds, otherCpuMilliseconds] = [own, other].map(runs => medianOf(runs, 'cpuMilliseconds'))
  return {
    type: 'compared',
    name,
    rounds: pairs.length,
    milliseconds: median(milliseconds(own)),
    otherMilliseconds: median(milliseconds(other)),
    ratio: median(pairs),
    spread: spread(pairs),
    ...(peakBytes !== undefined && { peakBytes }),
    ...(otherPeakBytes !== undefined && { otherPeakBytes }),
    ...(cpuMilliseconds !== undefined && { cpuMilliseconds }),
    ...(otherCpuMilliseconds !== undefined && { otherCpuMilliseconds }),
    ...(goal !== undefined && { goal }),
  }
}

const milliseconds = (runs: readonly Run[]): readonly number[] => runs.map(run => run.milliseconds)

/** The median over the runs of which it is known. */
export function medianOf(runs: readonly Run[], of: 'peakBytes' | 'cpuMilliseconds'): number | undefined {
  const known = runs.flatMap(run => run[of] ?? [])
  return known.length === 0 ? undefined : median(known)
}
