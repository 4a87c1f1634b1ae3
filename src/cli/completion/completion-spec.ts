import type { Argument, Command, Option } from 'commander'
import { knownWords } from '../../operations/known-words.ts'

/** What completes a value: words that are known, files, folders, or nothing that a shell could know. */
export type Value =
  { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'files' | 'folders' | 'free' }

export interface FlagSpec {
  /** `--format`, or `-h` and `--help`. */
  readonly names: readonly string[]
  readonly means: string
  /** Absent where it takes none. */
  readonly value?: { readonly name: string } & Value
  readonly repeats: boolean
}

export interface ArgumentSpec {
  readonly name: string
  readonly repeats: boolean
  readonly value: Value
}

export interface CommandSpec {
  readonly name: string
  readonly means: string
  readonly flags: readonly FlagSpec[]
  readonly arguments: readonly ArgumentSpec[]
}

export interface CompletionSpec {
  readonly commands: readonly CommandSpec[]
  readonly flags: readonly FlagSpec[]
}

/** What there is to complete, from the definitions of the commands. */
export function completionSpec(program: Command): CompletionSpec {
  const visible = program.createHelp().visibleCommands(program)
  const names = visible.map(command => command.name())
  return {
    commands: visible.map(command => ({
      name: command.name(),
      means: command.summary() || command.description(),
      flags: flagsOf(command),
      arguments: command.registeredArguments.map(argument => argumentSpec(argument, names)),
    })),
    flags: flagsOf(program),
  }
}

const flagsOf = (command: Command): readonly FlagSpec[] => command.createHelp().visibleOptions(command).map(flagSpec)

function flagSpec(option: Option): FlagSpec {
  const name = /[<[]([^\]>]+)[\]>]/.exec(option.flags)?.[1]
  return {
    names: [option.short, option.long].filter(flag => flag !== undefined),
    means: option.description,
    // Commander knows nothing of it: the words of the help say so.
    repeats: option.description.includes('may be repeated'),
    ...(name !== undefined && {
      value: { name, ...valueOf(name, option.long === '--allow' ? knownWords().liftable : option.argChoices) },
    }),
  }
}

const argumentSpec = (argument: Argument, commands: readonly string[]): ArgumentSpec => ({
  name: argument.name(),
  repeats: argument.variadic,
  value:
    argument.name() === 'command' ? { kind: 'words', words: commands } : valueOf(argument.name(), argument.argChoices),
})

/** The placeholder says what stands for it: `<file>`, `[dir]`, `<kind>`. */
function valueOf(placeholder: string, choices: readonly string[] | undefined): Value {
  const { kinds, attestable } = knownWords()
  const words = choices ?? { kind: kinds, object: attestable }[placeholder]
  if (words !== undefined) return { kind: 'words', words }
  if (/\b(file|plan)\b/.test(placeholder)) return { kind: 'files' }
  return { kind: /\b(dir|folder|place)\b/.test(placeholder) ? 'folders' : 'free' }
}
