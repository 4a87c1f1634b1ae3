import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { bashCompletion } from '../completion/bash.ts'
import { completionSpec, type CompletionSpec } from '../completion/completion-spec.ts'
import { fishCompletion } from '../completion/fish.ts'
import { zshCompletion } from '../completion/zsh.ts'
import type { ExitCode } from '../exit-code.ts'
import { createProgram } from '../program.ts'
import type { Session } from '../session.ts'

const scripts: Readonly<Record<string, (spec: CompletionSpec) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

/** `postern completion SHELL`: the script that completes commands, flags and values. */
export function completion(session: Session, shell: string | undefined): Promise<ExitCode> {
  const script = shell === undefined ? undefined : scripts[shell]
  if (script !== undefined) {
    // With a command line of its own: of the one that runs only this command is set up.
    const program = createProgram({ ...session.world, argv: [] }, { code: undefined })
    return session.print(script(completionSpec(program)))
  }
  const own = session.world.env['SHELL']?.split('/').at(-1) ?? ''
  return session.fail([
    diagnostic('run/usage', {
      problem: `for which shell: ${Object.keys(scripts).join(', ')}?`,
      help: 'postern completion --help',
      ...(Object.hasOwn(scripts, own) && { near: `postern completion ${own}` }),
    }),
  ])
}
