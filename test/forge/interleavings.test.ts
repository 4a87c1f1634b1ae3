import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Board, Posted } from '../../src/forge/contract.ts'
import { forgeError } from '../../src/forge/forge-error.ts'
import { withMarker } from '../../src/forge/marker.ts'
import { postSticky } from '../../src/forge/sticky.ts'

const system = 'github'
const textOf = (run: number) =>
  withMarker(`run ${run}`, { what: 'plan', folder: 'policies', run: `${run}`, head: 'abc' }, { system })

/** A board in memory, and views of it whose every call is held up before it takes effect and before its answer arrives. */
function heldBoard(scheduler: fc.Scheduler) {
  const posts: Posted[] = []
  const edits: { readonly run: number; readonly id: string }[] = []
  let next = 1
  const find = (id: string): number => {
    const at = posts.findIndex(post => post.id === id)
    if (at < 0) throw forgeError('forge/not-found', { forge: 'GitHub', operation: 'edit the comment', permissions: [] })
    return at
  }
  const seenBy = (run: number): Board => {
    const held = async <T>(call: string, work: () => T): Promise<T> => {
      await scheduler.schedule(Promise.resolve(), `run ${run} sends ${call}`)
      const result = work()
      await scheduler.schedule(Promise.resolve(), `run ${run} hears of ${call}`)
      return result
    }
    return {
      list: () => held('list', () => [...posts]),
      create: ({ body }) =>
        held('create', () => {
          const id = String(next++)
          const made = { id, url: `#${id}`, body, mine: true }
          posts.push(made)
          return made
        }),
      edit: (id, { body }) =>
        held(`edit ${id}`, () => {
          const at = find(id)
          const edited = { id, url: `#${id}`, body, mine: true }
          posts[at] = edited
          edits.push({ run, id })
          return edited
        }),
      remove: id =>
        held(`remove ${id}`, () => {
          posts.splice(0, posts.length, ...posts.filter(post => post.id !== id))
        }),
    }
  }
  return { posts, edits, seenBy }
}

async function raced(scheduler: fc.Scheduler, runs: readonly number[], standing: readonly number[] = []) {
  const board = heldBoard(scheduler)
  for (const run of standing) board.posts.push({ id: `s${run}`, url: '#', body: textOf(run), mine: true })
  const work = runs.map(run =>
    postSticky(board.seenBy(run), {
      system,
      marker: { what: 'plan', folder: 'policies', run: `${run}`, head: 'abc' },
      body: `run ${run}`,
    }),
  )
  await scheduler.waitFor(Promise.all(work))
  return { texts: board.posts.map(({ body }) => body), edits: board.edits }
}

const many = { numRuns: 3000 }

it('two runs that find nothing leave one comment, and it says what the newer does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.constantFrom([1, 2], [2, 1]), async (scheduler, runs) => {
      expect((await raced(scheduler, runs)).texts).toEqual([textOf(2)])
    }),
    many,
  )
})

// Where two edit one comment at the same moment no forge can tell, so what it says then is the text of either.
it('three runs that find nothing leave one comment, of the newest unless two of them edited one in place', async () => {
  let strict = 0
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.shuffledSubarray([1, 2, 3], { minLength: 3 }), async (scheduler, runs) => {
      const { texts, edits } = await raced(scheduler, runs)
      expect(texts).toHaveLength(1)
      if (edits.some(({ run, id }) => edits.some(other => other.id === id && other.run !== run))) return
      strict++
      expect(texts).toEqual([textOf(3)])
    }),
    many,
  )
  expect(strict).toBeGreaterThan(many.numRuns / 2)
})

it('runs that find comments of earlier ones leave one, whatever they do at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.shuffledSubarray([4, 5, 6], { minLength: 2 }),
      fc.subarray([1, 2, 3], { minLength: 1 }),
      async (scheduler, runs, standing) => {
        const { texts } = await raced(scheduler, runs, standing)
        expect(texts).toHaveLength(1)
        expect(runs.map(textOf)).toContain(texts[0])
      },
    ),
    many,
  )
})

it('two jobs of one run leave one comment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      expect((await raced(scheduler, [1, 1])).texts).toEqual([textOf(1)])
    }),
    many,
  )
})
