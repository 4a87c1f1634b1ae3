import { describe, expect, it } from 'vitest'
import { driftLabel } from '../../src/forge/drift-label.ts'
import { githubLogin } from './stand-ins/github.ts'
import { gitlabUser } from './stand-ins/gitlab.ts'
import { everyForge, failureOf, onBitbucket, onGithub, onGitlab } from './worlds.ts'

describe.each(everyForge)('comments on %s', (_, connect) => {
  it('are created, listed over pages, edited and removed', async () => {
    const { forge } = connect()
    const board = forge.comments('7')
    const made = []
    for (const body of ['one', 'two', 'three', 'four', 'five']) made.push(await board.create({ body }))
    const all = await board.list()
    expect(all).toEqual(made)
    expect(all.map(({ body, mine }) => [body, mine])).toEqual(
      ['one', 'two', 'three', 'four', 'five'].map(body => [body, true]),
    )
    const [first, second] = made
    expect(await board.edit(first?.id ?? '', { body: 'ONE' })).toEqual({ ...first, body: 'ONE' })
    await board.remove(second?.id ?? '')
    expect((await board.list()).map(({ body }) => body)).toEqual(['ONE', 'three', 'four', 'five'])
  })

  it('may be gone before they are removed, but not before they are edited', async () => {
    const { forge } = connect()
    const board = forge.comments('7')
    const { id } = await board.create({ body: 'one' })
    await board.remove(id)
    await board.remove(id)
    expect(await failureOf(board.edit(id, { body: 'two' }))).toMatchObject({ code: 'forge/not-found' })
  })

  it('are refused before they are sent where they are too long', async () => {
    const { forge, server } = connect()
    const board = forge.comments('7')
    const body = 'x'.repeat(forge.limit + 1)
    expect(await failureOf(board.create({ body }))).toMatchObject({
      code: 'forge/too-long',
      facts: { length: forge.limit + 1, limit: forge.limit },
    })
    expect(server.requests).toEqual([])
    expect((await board.create({ body: body.slice(1) })).body).toHaveLength(forge.limit)
  })

  it('of a pull request that is not there', async () => {
    const { forge } = connect()
    expect(await failureOf(forge.comments('8').list())).toMatchObject({ code: 'forge/not-found' })
    expect(await failureOf(forge.comments('8').create({ body: 'one' }))).toMatchObject({
      code: 'forge/not-found',
      facts: { written: 'no' },
    })
  })

  it('with a token that the forge does not know', async () => {
    const { forge, server } = connect({ token: 'somebody-elses-token-0123456789' })
    const failure = await failureOf(forge.comments('7').create({ body: 'one' }))
    expect(failure.code).toBe('forge/unauthorized')
    expect(JSON.stringify(failure)).not.toContain('somebody-elses')
    expect(server.requests).toHaveLength(1)
  })
})

describe('GitHub', () => {
  it('tells who edited a comment, and nothing of edits by its author', async () => {
    const { forge, server } = onGithub()
    const board = forge.comments('7')
    const { id } = await board.create({ body: 'one' })
    await board.edit(id, { body: 'two' })
    server.comment(7, 'alice', 'hello')
    const [own, other] = server.comments
    expect(await board.list()).toMatchObject([{ mine: true, body: 'two' }, { mine: false }])
    expect((await board.list())[0]).not.toHaveProperty('editedBy')
    if (own !== undefined) server.edit(own, 'bob', 'three')
    if (other !== undefined) server.edit(other, 'alice', 'HELLO')
    const [first, second] = await board.list()
    expect(first).toMatchObject({ mine: true, body: 'three', editedBy: 'bob' })
    expect(second).not.toHaveProperty('editedBy')
  })

  it('names the permission that the answer lists, in the words of a workflow', async () => {
    const { forge, server } = onGithub()
    server.permissions.clear()
    expect(await failureOf(forge.comments('7').create({ body: 'one' }))).toMatchObject({
      code: 'forge/refused',
      facts: { permissions: ['issues: write', 'pull-requests: write'], listed: true, written: 'no', status: 403 },
    })
    expect(await failureOf(forge.pullRequestsOf('abc'))).toMatchObject({
      facts: { permissions: ['pull-requests: read'], listed: true },
    })
  })

  it('names the permission of the documentation where the answer lists none', async () => {
    const { forge, server } = onGithub()
    server.permissions.clear()
    expect(await failureOf(forge.comments('7').list())).toMatchObject({
      code: 'forge/refused',
      facts: { permissions: ['pull-requests: read'], listed: false, said: 'Resource not accessible by integration' },
    })
    expect(await failureOf(forge.issues?.list() ?? Promise.resolve())).toMatchObject({
      facts: { permissions: ['issues: read'], listed: false },
    })
  })

  it('of an Enterprise Server has its GraphQL beside its REST', async () => {
    const { forge, server } = onGithub({
      api: 'https://github.acme.example/api/v3',
      graph: 'https://github.acme.example/api/graphql',
    })
    await forge.comments('7').create({ body: 'one' })
    expect(await forge.comments('7').list()).toHaveLength(1)
    expect(server.requests.map(({ url }) => url)).toEqual([
      'https://github.acme.example/api/v3/repos/acme/policies/issues/7/comments',
      'https://github.acme.example/api/graphql',
    ])
  })

  it('opens, edits, finds and closes issues with its label only', async () => {
    const { forge, server } = onGithub()
    const made = await forge.issues?.create({ title: 'Drift', body: 'one' })
    server.issues.push({ id: 2, on: '', author: 'alice', body: 'mine', title: 'A bug', labels: [], open: true })
    server.issues.push({ id: 3, on: '', author: 'alice', body: 'x', title: 'x', labels: [driftLabel], open: true })
    expect(await forge.issues?.list()).toMatchObject([
      { id: '1', body: 'one', mine: true },
      { id: '3', mine: false },
    ])
    await forge.issues?.edit(made?.id ?? '', { title: 'Still drift', body: 'two' })
    expect(server.issues[0]).toMatchObject({ title: 'Still drift', body: 'two', author: githubLogin })
    await forge.issues?.remove(made?.id ?? '')
    expect(server.issues[0]).toMatchObject({ open: false, body: 'two' })
  })

  it('finds the merged pull requests of a commit over pages, and no open ones', async () => {
    const { forge, server } = onGithub()
    const pulls = [1, 2, 3, 4, 5].map(number => ({ number, head: `head${number}` }))
    server.commits.set(
      'abc',
      pulls.map(each => (each.number % 2 === 0 ? each : { ...each, merge: 'abc' })),
    )
    expect(await forge.pullRequestsOf('abc')).toEqual(
      [1, 3, 5].map(number => ({
        number: `${number}`,
        head: `head${number}`,
        mergeCommit: 'abc',
        url: `https://github.com/acme/policies/pull/${number}`,
        author: 'alice',
      })),
    )
  })

  it('does not tell who opened a pull request where the account is gone', async () => {
    const { forge, server } = onGithub()
    server.commits.set('abc', [{ number: 1, head: 'head', merge: 'abc', author: null }])
    const [found] = await forge.pullRequestsOf('abc')
    expect(found).toMatchObject({ number: '1' })
    expect(found).not.toHaveProperty('author')
  })
})

describe('GitLab', () => {
  it('asks once whose token it is, and leaves out what GitLab notes itself', async () => {
    const { forge, server } = onGitlab()
    server.note(gitlabUser, 'one')
    server.note(17, 'added 1 commit', true)
    server.note(17, 'hello')
    const board = forge.comments('7')
    await board.list()
    expect(await board.list()).toMatchObject([
      { body: 'one', mine: true, url: 'https://gitlab.com/acme/policies/-/merge_requests/7#note_301' },
      { body: 'hello', mine: false },
    ])
    expect(server.requests.filter(({ url }) => url.endsWith('/user'))).toHaveLength(1)
  })

  it('names scope and role where it may only read', async () => {
    const { forge, server } = onGitlab()
    server.scopes.delete('api')
    server.scopes.add('read_api')
    expect(await failureOf(forge.comments('7').create({ body: 'one' }))).toMatchObject({
      code: 'forge/refused',
      facts: {
        permissions: ['the scope api with the role Reporter'],
        said: 'insufficient_scope: The request requires higher privileges than provided by the access token.',
      },
    })
  })

  it('opens, edits, finds and closes issues with its label only', async () => {
    const { forge, server } = onGitlab()
    const made = await forge.issues?.create({ title: 'Drift', body: 'one' })
    server.issues.push({ id: 2, author: 17, system: false, body: 'x', title: 'A bug', labels: [], open: true })
    expect(await forge.issues?.list()).toEqual([made])
    await forge.issues?.edit('1', { title: 'Still drift', body: 'two' })
    await forge.issues?.remove('1')
    expect(server.issues[0]).toMatchObject({ title: 'Still drift', body: 'two', open: false })
    expect(await forge.issues?.list()).toEqual([])
  })

  it.each([
    ['a merge commit', { merge: 'abc' }, 'abc'],
    ['a squash', { squash: 'def' }, 'def'],
  ])('finds the merge requests of a commit: %s', async (_, how, mergeCommit) => {
    const { forge, server } = onGitlab()
    server.commits.set('abc', [
      { iid: 7, sha: 'head', ...how },
      { iid: 8, sha: 'other' },
    ])
    expect(await forge.pullRequestsOf('abc')).toEqual([
      {
        number: '7',
        head: 'head',
        mergeCommit,
        url: 'https://gitlab.com/acme/policies/-/merge_requests/7',
        author: 'alice',
      },
    ])
  })
})

describe('Bitbucket', () => {
  it('has no issues', () => {
    expect(onBitbucket().forge).not.toHaveProperty('issues')
  })

  it('takes for its own what it is told to be, with the token of a person', async () => {
    const { forge, server } = onBitbucket({ person: 'sam' })
    server.comment('sam', 'one')
    server.comment('bot-2', 'two')
    expect((await forge.comments('7').list()).map(({ mine }) => mine)).toEqual([true, false])
  })

  it('takes for its own what no person wrote, until it knows better', async () => {
    const { forge, server } = onBitbucket()
    server.comment('alice', 'hello')
    server.comment('bot-2', 'of another token')
    server.comment('bot-3', 'of a third')
    const board = forge.comments('7')
    const mine = async () => (await board.list()).map(each => each.mine)
    expect(await mine()).toEqual([false, true, true])
    expect(await failureOf(board.edit('501', { body: 'x' }))).toMatchObject({
      code: 'forge/refused',
      facts: { permissions: ['pullrequest:write'] },
    })
    expect(await mine()).toEqual([false, false, true])
    await board.create({ body: 'one' })
    expect(await mine()).toEqual([false, false, false, true])
  })

  it('leaves out deleted comments', async () => {
    const { forge, server } = onBitbucket()
    server.comment('alice', 'hello').deleted = true
    expect(await forge.comments('7').list()).toEqual([])
  })

  it('finds the merged pull requests of a commit, of which the listing tells little, and shortens commits', async () => {
    const { forge, server } = onBitbucket()
    server.commits.set('abc', [
      { id: 7, head: '0123456789abcdef', merge: 'abcdef0123456789' },
      { id: 8, head: 'x' },
    ])
    expect(await forge.pullRequestsOf('abc')).toEqual([
      {
        number: '7',
        head: '0123456789ab',
        mergeCommit: 'abcdef012345',
        url: 'https://bitbucket.org/acme/policies/pull-requests/7',
        author: '{alice}',
      },
    ])
  })

  it('names the app without which it finds no pull requests', async () => {
    const { forge } = onBitbucket({ commitLinks: false })
    expect(await failureOf(forge.pullRequestsOf('abc'))).toMatchObject({
      code: 'forge/not-found',
      facts: { app: 'Pull Request Commit Links' },
    })
  })
})
