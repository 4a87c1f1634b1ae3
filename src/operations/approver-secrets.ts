import { readSecret, secretVariable } from '../approvals/secret.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a command of the shell printed, or why there is nothing of it, in words that hold none of its output. */
export type CommandResult =
  { readonly ok: true; readonly stdout: string } | { readonly ok: false; readonly why: string }

/** Runs a command by the shell, and ends it when its time is over. */
export type RunCommand = (
  command: string,
  options: { readonly env: Environment; readonly milliseconds: number },
) => Promise<CommandResult>

/** Where the secrets of approvers come from: variables, else a command of one's own. */
export interface SecretSource {
  readonly env: Environment
  readonly runCommand?: RunCommand | undefined
}

const commandVariable = 'POSTERN_APPROVER_COMMAND'
const longestCommand = 30_000

/** Why an approver can have no variable of their own; undefined where they can. */
export const reservedName = (approver: string) =>
  secretVariable(approver) === commandVariable ? diagnostic('approval/reserved-name', { approver }) : undefined

/** The secret of an approver. What is wrong with it is told without it. */
export async function secretOf(approver: string, { env, runCommand }: SecretSource): Promise<Outcome<Uint8Array>> {
  const reserved = reservedName(approver)
  if (reserved !== undefined) return failed(reserved)
  const variable = secretVariable(approver)
  const own = env[variable]?.trim()
  if (own !== undefined && own !== '') return read(own, variable)
  const command = env[commandVariable]?.trim()
  if (command === undefined || command === '' || runCommand === undefined)
    return failed(diagnostic('approval/no-secret', { approver, variable }))
  const ran = await runCommand(command, {
    env: { ...withoutOwn(env), POSTERN_APPROVER: approver },
    milliseconds: longestCommand,
  })
  if (!ran.ok) return failed(diagnostic('approval/secret-command', { approver, why: ran.why }))
  const line = ran.stdout.split('\n')[0]?.trim() ?? ''
  return line === ''
    ? failed(diagnostic('approval/secret-command', { approver, why: 'its output is empty' }))
    : read(line, commandVariable)
}

/** The environment without what Postern itself is told: a command that looks up one secret needs no other. */
const withoutOwn = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('POSTERN_')))

function read(text: string, from: string): Outcome<Uint8Array> {
  const secret = readSecret(text)
  return 'bytes' in secret
    ? outcome(secret.bytes, [])
    : failed(diagnostic('approval/bad-secret', { from, fault: secret.fault }))
}
