import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { aftermath } from './aftermath.ts'
import { isWrite } from './carried-out.ts'
import { undisturbed } from './crash.ts'
import { full } from './extent.ts'
import { builtProgram, type Running } from './program.ts'
import { leave, stage, startOn, type Stage } from './stage.ts'
import { large, storiesOf, storyNamed, type Story } from './stories.ts'

const program = builtProgram()
afterAll(() => program.remove())

interface Interrupted extends Stage {
  readonly running: Running
  /** Writes that reached the organization, as they did. */
  readonly writes: readonly string[]
  /** Resolves when the write that is interrupted is under way: it is answered once `answer` is called. */
  readonly underWay: Promise<void>
  readonly answer: () => void
}

/** Starts the apply of a story whose nth write is not answered before it is told. */
async function holding(story: Story, nth: number): Promise<Interrupted> {
  const own = await stage(story)
  const writes: string[] = []
  const gates = { reached: (): void => undefined, answer: (): void => undefined }
  const underWay = new Promise<void>(reached => (gates.reached = reached))
  const answered = new Promise<void>(answer => (gates.answer = answer))
  own.proxy.onRequest = async (method, url) => {
    const [path = ''] = url.split('?')
    if (!isWrite({ method, path })) return
    writes.push(`${method} ${path}`)
    if (writes.length !== nth) return
    gates.reached()
    await answered
  }
  return { ...own, running: startOn(own, program), writes, underWay, answer: () => gates.answer() }
}

const lockOf = async ({ folder }: Stage) => (await folderLedger(join(folder, '.postern')).read('lock'))?.holder

/** Applies again, without trouble, and looks at what it came to. */
async function continued(own: Interrupted, story: Story): Promise<readonly string[]> {
  const { end } = await undisturbed(story, program)
  own.proxy.onRequest = undefined
  const { code, err } = await startOn(own, program).ended
  return [...(code === 0 ? [] : [`apply ended with ${code ?? 'a signal'}: ${err}`]), ...(await aftermath(own, end))]
}

describe('an interrupt in the middle of a step', () => {
  it.each(storiesOf(large).slice(0, full ? undefined : 1))(
    '$name: the request under way ends, nothing else is begun, and the next apply continues',
    async story => {
      const own = await holding(story, 3)
      try {
        await own.underWay
        own.running.child.kill('SIGINT')
        await toldToStop(own.running)
        own.answer()
        const { code, signal, out, err } = await own.running.ended
        expect([code, signal], err).toEqual([1, null])
        expect(own.writes).toHaveLength(3)
        expect(`${out}${err}`).toMatch(/apply\/interrupted/)
        expect(out).toMatch(/not attempted/)
        expect(await lockOf(own)).toBeNull()
        expect(await continued(own, story)).toEqual([])
      } finally {
        own.answer()
        await leave(own)
      }
    },
  )

  it('twice: it stops at once, without the answer, and the next apply continues', async () => {
    const story = storyNamed('mixture', large)
    const own = await holding(story, 3)
    try {
      await own.underWay
      own.running.child.kill('SIGINT')
      await toldToStop(own.running)
      own.running.child.kill('SIGINT')
      const { code, signal } = await own.running.ended
      expect([code, signal]).toEqual([1, null])
      expect(own.writes).toHaveLength(3)
      own.answer()
      await own.proxy.idle()
      expect(await continued(own, story)).toEqual([])
    } finally {
      own.answer()
      await leave(own)
    }
  })
})

/** Resolves when the program says that it was interrupted. */
const toldToStop = ({ child }: Running): Promise<void> =>
  new Promise(told => {
    child.stderr?.on('data', (chunk: string) => {
      if (chunk.includes('Interrupt again')) told()
    })
  })
