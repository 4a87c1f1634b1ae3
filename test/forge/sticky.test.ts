import { describe, expect, it } from 'vitest'
import type { Board, Posted } from '../../src/forge/contract.ts'
import { withMarker, type Marker } from '../../src/forge/marker.ts'
import { reportIssue } from '../../src/forge/report-issue.ts'
import { postSticky } from '../../src/forge/sticky.ts'
import { failureOf, onBitbucket, onGithub, onGitlab } from './worlds.ts'

const marker = (run: number | string, more: Partial<Marker> = {}): Marker => ({
  what: 'plan',
  folder: 'policies',
  run: String(run),
  head: 'abc',
  ...more,
})
const github = { system: 'github' } as const
const bodies = async (board: Board) => (await board.list()).map(({ body }) => body.split('\n')[0])

describe('one comment', () => {
  it('is created, edited in place, and left alone where it says so already', async () => {
    const { forge, server } = onGithub()
    const board = forge.comments('7')
    const first = await postSticky(board, { ...github, marker: marker(1), body: 'one' })
    const second = await postSticky(board, { ...github, marker: marker(2), body: 'two' })
    const before = server.requests.length
    const third = await postSticky(board, { ...github, marker: marker(2), body: 'two' })
    expect([first.what, second.what, third.what]).toEqual(['created', 'edited', 'unchanged'])
    expect(new Set([first, second, third].map(({ posted }) => posted.id)).size).toBe(1)
    expect(second.posted.body).toBe(withMarker('two', marker(2), github))
    expect(server.requests.length - before).toBe(1)
    expect(second).not.toHaveProperty('replaced')
  })

  it('stands beside those of other folders and other kinds', async () => {
    const board = onGithub().forge.comments('7')
    await postSticky(board, { ...github, marker: marker(1), body: 'a' })
    await postSticky(board, { ...github, marker: marker(1, { folder: 'other' }), body: 'b' })
    await postSticky(board, { ...github, marker: marker(1, { what: 'applied' }), body: 'c' })
    await postSticky(board, { ...github, marker: marker(2), body: 'A' })
    expect(await bodies(board)).toEqual(['A', 'b', 'c'])
  })

  it('is created anew where somebody deleted it', async () => {
    const { forge, server } = onGithub()
    const board = forge.comments('7')
    await postSticky(board, { ...github, marker: marker(1), body: 'one' })
    server.comments.splice(0)
    expect(await postSticky(board, { ...github, marker: marker(2), body: 'two' })).toMatchObject({ what: 'created' })
  })

  it('of somebody else with a copied marker is never touched', async () => {
    const { forge, server } = onGithub()
    const board = forge.comments('7')
    const copied = withMarker('mine!', marker(9), github)
    server.comment(7, 'alice', copied)
    await postSticky(board, { ...github, marker: marker(1), body: 'one' })
    await postSticky(board, { ...github, marker: marker(2), body: 'two' })
    expect(await bodies(board)).toEqual(['mine!', 'two'])
    expect(server.comments[0]?.body).toBe(copied)
  })

  it.each([
    ['9', '10'],
    ['99999999999999999998', '99999999999999999999'],
  ])('of a newer run is left: %s after %s', async (older, newer) => {
    const board = onGithub().forge.comments('7')
    await postSticky(board, { ...github, marker: marker(newer), body: 'new' })
    expect(await postSticky(board, { ...github, marker: marker(older), body: 'old' })).toMatchObject({
      what: 'left-newer',
    })
    expect(await bodies(board)).toEqual(['new'])
  })

  it('that somebody edited is replaced, and says by whom', async () => {
    const { forge, server } = onGithub()
    const board = forge.comments('7')
    await postSticky(board, { ...github, marker: marker(1), body: 'blocked' })
    const [stored] = server.comments
    // Somebody makes the comment say what they like, and stay: the run in the marker is theirs too.
    if (stored !== undefined) server.edit(stored, 'bob', withMarker('all fine', marker(999), github))
    expect(await postSticky(board, { ...github, marker: marker(2), body: 'blocked' })).toMatchObject({
      what: 'edited',
      replaced: { editedBy: 'bob' },
    })
    expect(await bodies(board)).toEqual(['blocked'])
  })

  it.each([
    ['is broken', (text: string) => text],
    ['was taken out', (text: string) => text.replace(/,"seal":"[^"]*"/, '')],
  ])('that somebody edited is known by its seal where the forge does not tell: it %s', async (_, forged) => {
    const { forge, server } = onGitlab()
    const board = forge.comments('7')
    const options = { system: 'gitlab', sealKey: 'secret' } as const
    await postSticky(board, { ...options, marker: marker(1), body: 'blocked' })
    const [note] = server.notes
    if (note === undefined) throw new Error('nothing was posted')
    note.body = forged(note.body.replace('blocked', 'all fine').replace('"run":"1"', '"run":"999999999999"'))
    expect(await postSticky(board, { ...options, marker: marker(2), body: 'blocked' })).toMatchObject({
      what: 'edited',
      replaced: {},
    })
    expect(await bodies(board)).toEqual(['blocked'])
  })

  it('without a seal is believed where there is no key to seal with', async () => {
    const board = onGitlab().forge.comments('7')
    const options = { system: 'gitlab' } as const
    await postSticky(board, { ...options, marker: marker(2), body: 'new' })
    expect(await postSticky(board, { ...options, marker: marker(1), body: 'old' })).toMatchObject({
      what: 'left-newer',
    })
  })

  it('is left of several, the one of the newest run', async () => {
    const board = onGithub().forge.comments('7')
    for (const run of [4, 5, 5, 3]) await board.create({ body: withMarker(`run ${run}`, marker(run), github) })
    const kept = (await board.list())[1]?.id
    expect(await postSticky(board, { ...github, marker: marker(6), body: 'six' })).toMatchObject({
      what: 'edited',
      posted: { id: kept },
    })
    expect(await bodies(board)).toEqual(['six'])
  })

  it('is created by a new token beside that of the old, which only its author may edit', async () => {
    const { forge, server } = onBitbucket()
    const board = forge.comments('7')
    const options = { system: 'bitbucket' } as const
    server.comment('bot-0', withMarker('old', marker(1), options))
    expect(await postSticky(board, { ...options, marker: marker(2), body: 'new' })).toMatchObject({ what: 'created' })
    expect(await bodies(board)).toEqual(['old', 'new'])
  })

  it('is refused where the permission is missing, not tried again and again', async () => {
    const { forge, server } = onBitbucket()
    const options = { system: 'bitbucket' } as const
    const board = forge.comments('7')
    await postSticky(board, { ...options, marker: marker(1), body: 'one' })
    server.scopes.delete('pullrequest:write')
    expect(await failureOf(postSticky(board, { ...options, marker: marker(2), body: 'two' }))).toMatchObject({
      code: 'forge/refused',
      facts: { permissions: ['pullrequest:write'] },
    })
  })

  it('is not created twice where a listing lags behind', async () => {
    const { forge } = onGithub()
    const real = forge.comments('7')
    let shown: readonly Posted[] = []
    const lagging: Board = {
      ...real,
      list: async () => {
        const before = shown
        shown = await real.list()
        return before
      },
    }
    await postSticky(lagging, { ...github, marker: marker(1), body: 'one' })
    await postSticky(lagging, { ...github, marker: marker(2), body: 'two' })
    expect(await bodies(real)).toEqual(['two'])
  })

  it.each([
    ['before it, and may not have seen it: it is taken away', 'before', ['newer']],
    ['after it, and so saw it: it is left to that run, which may write into it', 'after', ['older', 'newer']],
  ])('of an older run, where a newer one was created %s', async (_, when, left) => {
    const { forge, server } = onGithub()
    const real = forge.comments('7')
    const newer = () => server.comment(7, 'github-actions', withMarker('newer', marker(2), github))
    const racing: Board = {
      ...real,
      create: async post => {
        if (when === 'before') newer()
        const made = await real.create(post)
        if (when === 'after') newer()
        return made
      },
    }
    expect(await postSticky(racing, { ...github, marker: marker(1), body: 'older' })).toMatchObject({
      what: 'left-newer',
    })
    expect(await bodies(real)).toEqual(left)
  })

  it('is given up where others remove it again and again', async () => {
    const { forge, server } = onGithub()
    const real = forge.comments('7')
    server.comment(7, 'github-actions', withMarker('one', marker(1), github))
    const contested: Board = {
      ...real,
      edit: id => real.edit(id, { body: withMarker('theirs', marker(1), github) }),
    }
    expect(await failureOf(postSticky(contested, { ...github, marker: marker(2), body: 'two' }))).toMatchObject({
      code: 'forge/contested',
    })
  })
})

describe('one issue', () => {
  const drift = (run: number) => ({ ...github, marker: marker(run, { what: 'drift' }), title: 'Drift of policies' })
  const issuesOf = ({ forge }: ReturnType<typeof onGithub>): Board => {
    if (forge.issues === undefined) throw new Error('it has no issues')
    return forge.issues
  }

  it('is opened, updated, closed, and opened again', async () => {
    const world = onGithub()
    const board = issuesOf(world)
    const said = [
      await reportIssue(board, { ...drift(1), body: undefined }),
      await reportIssue(board, { ...drift(2), body: 'one field' }),
      await reportIssue(board, { ...drift(3), body: 'two fields' }),
      await reportIssue(board, { ...drift(3), body: 'two fields' }),
      await reportIssue(board, { ...drift(4), body: undefined }),
      await reportIssue(board, { ...drift(5), body: undefined }),
      await reportIssue(board, { ...drift(6), body: 'again' }),
    ]
    expect(said.map(({ what }) => what)).toEqual([
      'nothing',
      'created',
      'edited',
      'unchanged',
      'closed',
      'nothing',
      'created',
    ])
    expect(world.server.issues.map(({ open, title }) => [open, title])).toEqual([
      [false, 'Drift of policies'],
      [true, 'Drift of policies'],
    ])
  })

  it('of somebody else, of another folder or of a newer run is not closed', async () => {
    const world = onGithub()
    const board = issuesOf(world)
    await reportIssue(board, { ...drift(9), body: 'newer' })
    await reportIssue(board, {
      ...github,
      title: 'x',
      marker: marker(1, { what: 'drift', folder: 'other' }),
      body: 'x',
    })
    const body = withMarker('x', marker(1, { what: 'drift' }), github)
    world.server.issues.push({
      id: 3,
      on: '',
      author: 'alice',
      body,
      title: 'x',
      labels: ['postern-drift'],
      open: true,
    })
    expect(await reportIssue(board, { ...drift(8), body: undefined })).toEqual({ what: 'nothing' })
    expect(world.server.issues.every(({ open }) => open)).toBe(true)
  })
})
