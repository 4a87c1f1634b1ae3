import type { ArgumentSpec, CommandSpec, CompletionSpec, FlagSpec, Value } from './completion-spec.ts'

/** The completion for fish. Which words there are stands in the script: a TAB starts nothing. */
export const fishCompletion = ({ commands, flags }: CompletionSpec): string => `# fish completion for postern

# Whether the command before the cursor is $argv[1]; without an argument: whether there is none yet.
function __postern_at
    set -l words (commandline -opc)
    for word in $words[2..-1]
        string match -q -- '-*' $word; and continue
        test "$word" = "$argv[1]"
        return
    end
    test -z "$argv[1]"
end

complete -c postern -f
${commands.map(({ name, means }) => `complete -c postern -n __postern_at -a ${name} -d ${quoted(means)}\n`).join('')}${flags.map(flag => flagLine('__postern_at', flag)).join('')}${commands.map(commandLines).join('')}`

const commandLines = ({ name, flags, arguments: places }: CommandSpec): string => {
  const at = quoted(`__postern_at ${name}`)
  return `
${flags.map(flag => flagLine(at, flag)).join('')}${places.map(place => placeLine(at, place)).join('')}`
}

const flagLine = (at: string, { names, means, value }: FlagSpec): string =>
  `complete -c postern -n ${at}${names.map(nameOption).join('')}${value === undefined ? '' : ` ${offer(value)}`} -d ${quoted(means)}\n`

const nameOption = (name: string): string => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)

/** A flag with a value: `-x` keeps files away, `-r -F` asks for one. */
function offer(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `-x -a ${quoted(value.words.join(' '))}`
    case 'files':
      return '-r -F'
    case 'folders':
      return `-x -a ${quoted('(__fish_complete_directories)')}`
    case 'free':
      return '-x'
  }
}

const placeLine = (at: string, { value }: ArgumentSpec): string =>
  value.kind === 'free'
    ? ''
    : `complete -c postern -n ${at} ${value.kind === 'files' ? '-F' : offer(value).replace(/^-x /, '')}\n`

const quoted = (text: string): string =>
  `'${text.replace(/[\n\t]+/g, ' ').replace(/[\\']/g, character => `\\${character}`)}'`
