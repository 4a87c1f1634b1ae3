import { describe, expect, it } from 'vitest'
import { secretOf as read, type RunCommand } from '../../src/operations/approver-secrets.ts'
import { runShell } from '../../src/cli/run-shell.ts'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { secretOf } from '../approvals/codes.ts'

const secret = secretOf(1)
const weak = 'JBSWY3DPEHPK3PXP'
const variable = 'POSTERN_APPROVER_ALICE'
const command = { POSTERN_APPROVER_COMMAND: 'vault read' }

const printing =
  (stdout: string): RunCommand =>
  () =>
    Promise.resolve({ ok: true, stdout })
const failing: RunCommand = () => Promise.resolve({ ok: false, why: 'it ended with 1' })

describe('the secret of an approver', () => {
  it.each([
    ['of its variable', { [variable]: secret }, undefined],
    ['of its variable before the command', { [variable]: secret, ...command }, failing],
    ['with blanks around it', { [variable]: ` ${secret}\n` }, undefined],
    ['of the command', command, printing(`${secret}\nmore\n`)],
    ['of the command where the variable is empty', { [variable]: '', ...command }, printing(secret)],
  ])('%s', async (_, env, runCommand) => {
    expect(await read('alice', { env, runCommand })).toMatchObject({
      ok: true,
      value: expect.any(Uint8Array) as unknown,
    })
  })

  it.each([
    ['none', {}, undefined, 'approval/no-secret'],
    ['of somebody else', { POSTERN_APPROVER_BOB: secret }, undefined, 'approval/no-secret'],
    ['too short', { [variable]: weak }, undefined, 'approval/bad-secret'],
    ['not Base32', { [variable]: `${secret}!` }, undefined, 'approval/bad-secret'],
    ['too short, of the command', command, printing(weak), 'approval/bad-secret'],
    ['a command that fails', command, failing, 'approval/secret-command'],
    ['a command that prints nothing', command, printing('\nsecret\n'), 'approval/secret-command'],
  ])('refused: %s', async (_, env, runCommand, code) => {
    const found = await read('alice', { env, runCommand })
    expect(found.diagnostics.map(other => other.code)).toEqual([code])
    const words = JSON.stringify([found.diagnostics, found.diagnostics.map(wordsOf)])
    for (const text of [secret, weak]) expect(words).not.toContain(text)
  })

  it('of an approver whose variable is the command is refused', async () => {
    const { diagnostics } = await read('command', { env: { POSTERN_APPROVER_COMMAND: secret } })
    expect(diagnostics.map(({ code }) => code)).toEqual(['approval/reserved-name'])
  })
})

describe('a command of the shell', () => {
  const shell = (command: string, milliseconds = 20_000) =>
    runShell(command, { env: { PATH: process.env['PATH'], POSTERN_APPROVER: 'alice' }, milliseconds })

  it('sees the name, and its output is taken', async () => {
    expect(await shell('printf "%s-1\\n" "$POSTERN_APPROVER"')).toEqual({ ok: true, stdout: 'alice-1\n' })
  })

  it.each([
    ['fails', 'echo secret; echo secret >&2; exit 3', 'it ended with 3'],
    ['is not there', 'no-such-command-here', 'it ended with 127'],
    ['is killed', 'kill -9 $$', 'it was ended by SIGKILL'],
    ['prints without end', 'yes secret', 'it prints too much for a secret'],
  ])('that %s', async (_, command, why) => {
    expect(await shell(command)).toEqual({ ok: false, why })
  })

  it('that takes too long is ended', async () => {
    expect(await shell('sleep 60 | sleep 60', 50)).toEqual({ ok: false, why: 'it took longer than 0 s' })
  })
})
