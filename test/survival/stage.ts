import { deadlyProxy, type DeadlyProxy } from './deadly-proxy.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Program, Running } from './program.ts'
import type { Story } from './stories.ts'

/** The command line of a story: of its folder, or of a plan that was saved before. */
const argvOf = ({ argv }: Story, saved: boolean): readonly string[] => [
  'apply',
  saved ? 'plan.json' : 'policies',
  ...argv,
]

/** A story behind a proxy, for other processes to play. */
export interface Stage extends Prepared {
  readonly proxy: DeadlyProxy
  readonly argv: readonly string[]
}

/** How much time goes by for a task that is looked at: how often one is looked at then does not depend on this machine. */
const lookMilliseconds = 1_000

/** Prepares a story. With `saved` its plan is in a file, and its apply is one of that file. */
export async function stage(story: Story, saved = false): Promise<Stage> {
  const prepared = await prepare(story, {
    realTime: true,
    switches: { taskMilliseconds: (story.looks ?? 0) * lookMilliseconds, applyMilliseconds: 20 },
  })
  if (saved) {
    const { code, err } = await prepared.command(['plan', 'policies', '--out', 'plan.json', ...allowed(story)])
    if (code !== 2) throw new Error(`no plan of ${story.name}: ${err}`)
  }
  const requestsBefore = prepared.started.simulator.requests.length
  const proxy = await deadlyProxy(prepared.started.simulator, path => {
    if (path.includes('/auth-policy/task/')) prepared.started.clock.time += lookMilliseconds
  })
  return { ...prepared, requestsBefore, proxy, argv: argvOf(story, saved) }
}

const allowed = ({ argv }: Story): readonly string[] => argv.filter(argument => argument !== '--yes')

/** Ends it, and removes its files. */
export const leave = async ({ proxy, remove }: Stage): Promise<void> => {
  await proxy.close()
  await remove()
}

/** Starts the apply of a story. */
export const startOn = ({ folder, proxy, started, argv }: Stage, program: Program): Running =>
  program.start(argv, { cwd: folder, url: proxy.url, apiKey: started.simulator.apiKey })
