import { closest, distance } from 'fastest-levenshtein'
import type { Command, CommanderError } from 'commander'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'

/** What is wrong with a command line, in commander's words, with the command, flag or value that was probably meant. */
export function usageProblem(
  argv: readonly string[],
  error: Pick<CommanderError, 'code' | 'message'>,
  program: Command,
): Diagnostic {
  const [first, second = ''] = argv.filter(argument => !argument.startsWith('-'))
  // Of a command that `help` doesn't know commander says nothing.
  if (error.code === 'commander.help' && first === 'help')
    return usage(
      `unknown command '${second}'`,
      'postern --help',
      nearest(
        second,
        program.commands.map(command => command.name()),
      ),
    )
  const [problem, suggestion] = problemAndSuggestion(error.message)
  const help = first === undefined || problem.includes('unknown command') ? 'postern --help' : `postern ${first} --help`
  return usage(problem, help, suggestion ?? choiceMeant(problem) ?? flagMeant(problem, program, first))
}

const usage = (problem: string, help: string, near: string | undefined): Diagnostic =>
  diagnostic('run/usage', { problem, help, ...(near !== undefined && { near }) })

/** Commander's message holds its own suggestion: `error: unknown option '--foo'\n(Did you mean --for?)`. */
function problemAndSuggestion(message: string): readonly [problem: string, suggestion: string | undefined] {
  const text = message.replace(/^error: /, '')
  const found = /\n\(Did you mean (?:one of )?([^\n]+?)\??\)$/.exec(text)
  return [found === null ? text : text.slice(0, found.index), found?.[1]]
}

/** The choice that a refused value is nearest to. Commander suggests commands and flags, but no values. */
function choiceMeant(problem: string): string | undefined {
  const [, value, choices] =
    /(?:argument|value) '(.*)' is invalid(?: for argument '[^']+')?\. Allowed choices are (.+)\.$/s.exec(problem) ?? []
  return value === undefined || choices === undefined ? undefined : nearest(value, choices.split(', '))
}

/** The flag that was mistyped before an equals sign: commander compares it with the value behind it. */
function flagMeant(problem: string, program: Command, name: string | undefined): string | undefined {
  const [, flag] = /unknown option '(--[^=]+)=/.exec(problem) ?? []
  const command = program.commands.find(one => one.name() === name)
  if (flag === undefined || command === undefined) return undefined
  return nearest(
    flag,
    command.options.flatMap(({ long }) => long ?? []),
  )
}

function nearest(word: string, known: readonly string[]): string | undefined {
  if (word === '' || known.length === 0) return undefined
  const best = closest(word.toLowerCase(), [...known])
  // Two letters in the wrong order count as two mistakes: `jsno`.
  const tolerance = Math.max(2, Math.floor(Math.max(word.length, best.length) / 3))
  return distance(word.toLowerCase(), best) <= Math.min(tolerance, best.length - 1) ? best : undefined
}
