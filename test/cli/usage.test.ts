import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { fakeWorld, standingClock } from '../world.ts'

async function refused(line: string, env: Readonly<Record<string, string>> = {}) {
  const { world, out, err } = fakeWorld({ argv: line.split(' '), cwd: '.', env, clock: standingClock() })
  const exit = await run(world)
  const [, code, summary, hint] = /^error\[([^\]]+)\]: ([^]*?)\n = ([^\n]*)\n/.exec(err()) ?? []
  return { exit, out: out(), code, summary, hint }
}

describe('a command line that was mistyped', () => {
  it.each([
    ['plna', 'did you mean `plan`?'],
    ['help plna', 'did you mean `plan`?'],
    ['help xyzzyxyzzy', 'see `postern --help`'],
    ['xyzzyxyzzy', 'see `postern --help`'],
    ['plan --fromat json', 'did you mean `--format`?'],
    ['plan --fromat=json', 'did you mean `--format`?'],
    ['plan --xyzzyxyzzy', 'see `postern plan --help`'],
    ['plan --format jsno', 'did you mean `json`?'],
    ['plan --format=JSON', 'did you mean `json`?'],
    ['plan --format xyzzy', 'see `postern plan --help`'],
    ['drift --fail-on pendng', 'did you mean `pending`?'],
    ['drift --fail-on pending --fail-on confict', 'did you mean `conflict`?'],
    ['simulate --audit ful', 'did you mean `full`?'],
    ['simulate --port eighty', 'see `postern simulate --help`'],
    ['completion bsh', 'did you mean `bash`?'],
    ['plan one two', 'see `postern plan --help`'],
    ['approve plan.json', 'see `postern approve --help`'],
    ["plan --format '.", 'see `postern plan --help`'],
  ])('%s', async (line, hint) => {
    expect(await refused(line)).toMatchObject({ exit: 1, out: '', code: 'run/usage', hint })
  })
})

describe('postern completion without a shell', () => {
  it.each([
    ['/bin/zsh', 'did you mean `postern completion zsh`?'],
    ['/opt/bin/fish', 'did you mean `postern completion fish`?'],
    ['/bin/tcsh', 'see `postern completion --help`'],
    ['', 'see `postern completion --help`'],
  ])('in %s names the three, and the one it is run in', async (SHELL, hint) => {
    const { summary, ...rest } = await refused('completion', { SHELL })
    expect(rest).toEqual({ exit: 1, out: '', code: 'run/usage', hint })
    for (const shell of ['bash', 'zsh', 'fish']) expect(summary).toContain(shell)
  })
})
