import type { ArgumentSpec, CommandSpec, CompletionSpec, FlagSpec, Value } from './completion-spec.ts'

/** The completion for zsh: a file of `fpath`, or to be sourced. Which words there are stands in the script: a TAB starts nothing. */
export const zshCompletion = ({ commands, flags }: CompletionSpec): string => `#compdef postern
# zsh completion for postern

_postern() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands

  _arguments -C -S \\
${flags.flatMap(flagArguments).map(continued).join('')}    '1: :->command' \\
    '*:: :->arguments' && return

  case $state in
    command)
      commands=(
${commands.map(({ name, means }) => `        ${quoted(`${escaped(name)}:${plain(means)}`)}\n`).join('')}      )
      _describe -t commands command commands
      ;;
    arguments)
      case $words[1] in
${commands.map(commandCase).join('')}      esac
      ;;
  esac
}

# Sourced it has to be registered; out of fpath it is called.
if [[ $funcstack[1] == _postern ]]; then
  _postern "$@"
else
  compdef _postern postern
fi
`

function commandCase({ name, flags, arguments: places }: CommandSpec): string {
  const all = [...flags.flatMap(flagArguments), ...places.map(placeArgument)]
  if (all.length === 0) return ''
  return `        ${name})
          _arguments -S \\
${all
  .map(continued)
  .join('')
  .replaceAll('    ', '            ')
  .replace(/ \\\n$/, '\n')}          ;;
`
}

const continued = (argument: string): string => `    ${argument} \\\n`

/** A flag that may not be repeated is offered once, whichever of its names was used. */
function flagArguments({ names, means, value, repeats }: FlagSpec): readonly string[] {
  const others = repeats ? '*' : names.length > 1 ? `(${names.join(' ')})` : ''
  return names.map(name =>
    quoted(
      `${others}${name}${value === undefined ? '' : '='}[${escaped(means)}]${value === undefined ? '' : `:${escaped(value.name)}:${action(value)}`}`,
    ),
  )
}

const placeArgument = ({ name, repeats, value }: ArgumentSpec): string =>
  quoted(`${repeats ? '*' : ''}:${escaped(name)}:${action(value)}`)

function action(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `(${value.words.map(escaped).join(' ')})`
    case 'files':
      return '_files'
    case 'folders':
      return '_files -/'
    case 'free':
      return ' '
  }
}

/** What `_arguments` takes for marks of its own. */
const escaped = (text: string): string => plain(text).replace(/[\\:[\]]/g, character => `\\${character}`)

const plain = (text: string): string => text.replace(/[\n\t]+/g, ' ')

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
