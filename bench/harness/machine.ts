import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** Where and when something was measured, and what. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly date: string
  /** Short; `with changes` where the working tree holds others than were committed. Absent outside of git. */
  readonly commit?: string
  /** Why the numbers may vary much, and what is not measured here. */
  readonly warnings: readonly string[]
}

export function describeMachine(root: string, now: Date): Machine {
  const commit = commitOf(root)
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    date: now.toISOString(),
    ...(commit !== undefined && { commit }),
    warnings: [
      ...(isOnBattery() ? ['on battery: the processor changes its speed, expect a high spread'] : []),
      ...loadWarning(loadavg()[0] ?? 0, cpus().length),
      ...(existsSync('/proc/self/status') ? [] : ['the system has no /proc: peak memory is left out']),
    ],
  }
}

/** The machine as one paragraph. */
export const machineText = ({ cpu, cores, memoryGiB, system, node, date, commit }: Machine): string =>
  `${cores} × ${cpu}, ${memoryGiB} GiB, ${system}\nNode.js ${node}, ${date.slice(0, 16)}Z, ${commit === undefined ? 'no commit' : `commit ${commit}`}`

/** Others that want the processor show in every number. */
export const loadWarning = (load: number, cores: number): readonly string[] =>
  load > cores / 2 ? [`load is ${load.toFixed(1)} on ${cores} cores: others are at work, expect a high spread`] : []

function commitOf(root: string): string | undefined {
  const git = (...args: string[]): string | undefined => {
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
    return status === 0 ? stdout.trim() : undefined
  }
  const commit = git('rev-parse', '--short', 'HEAD')
  return commit === undefined ? undefined : `${commit}${git('status', '--porcelain') === '' ? '' : ' with changes'}`
}

/** Linux tells it in files (https://docs.kernel.org/power/power_supply_class.html), macOS by a program. */
function isOnBattery(): boolean {
  if (platform() === 'darwin')
    return spawnSync('pmset', ['-g', 'batt'], { encoding: 'utf8' }).stdout.includes('Battery Power')
  return isDischarging('/sys/class/power_supply')
}

/** Whether a supply below this folder says that it is being emptied. */
export function isDischarging(folder: string): boolean {
  try {
    return readdirSync(folder).some(name => {
      try {
        return readFileSync(join(folder, name, 'status'), 'utf8').trim() === 'Discharging'
      } catch {
        // A mains adapter has no status.
        return false
      }
    })
  } catch {
    return false
  }
}
