import type { CommandSpec, CompletionSpec, FlagSpec, Value } from './completion-spec.ts'

/** The completion for bash, from 3.2 on. Which words there are stands in the script: a TAB starts nothing. */
export const bashCompletion = ({ commands, flags }: CompletionSpec): string => `# bash completion for postern

# Offers what begins with the word at the cursor. Each line of $1: a word, a tab, what it means.
_postern_offer() {
  local word means width=0 index line
  local -a meanings=()
  while IFS=$'\\t' read -r word means; do
    [[ -n $word && $word == "$cur"* ]] || continue
    COMPREPLY+=("$word")
    meanings+=("$means")
    (( \${#word} > width )) && width=\${#word}
    # The name behind the slash is still to come.
    [[ $word == */ ]] && compopt -o nospace 2>/dev/null
  done <<< "$1"
  # 63: bash only lists, and inserts nothing.
  if [[ \${COMP_TYPE-} == 63 ]] && (( \${#COMPREPLY[@]} > 1 )); then
    for index in "\${!COMPREPLY[@]}"; do
      [[ -n \${meanings[index]} ]] || continue
      printf -v line '%-*s  %s' "$width" "\${COMPREPLY[index]}" "\${meanings[index]}"
      COMPREPLY[index]=\${line:0:\${COLUMNS:-80} - 1}
    done
  fi
}

# Offers files, or with -d folders.
_postern_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$cur")
}

_postern() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= index
  COMPREPLY=()
  # bash takes \`--format=json\` for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]] && (( COMP_CWORD > 2 )); then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for (( index = 1; index < COMP_CWORD; index++ )); do
    [[ \${COMP_WORDS[index]} == -* ]] && continue
    command=\${COMP_WORDS[index]}
    break
  done
  case $command in
    '')
      if [[ $cur == -* ]]; then _postern_offer ${list(flags.flatMap(flagLines))}
      else _postern_offer ${list(commands.map(({ name, means }) => line(name, means)))}
      fi
      ;;
${commands.map(commandCase).join('')}  esac
}

complete -F _postern postern
`

function commandCase({ name, flags, arguments: places }: CommandSpec): string {
  const values = flags.flatMap(({ names, value }) =>
    value === undefined ? [] : [`        ${names.join('|')}) ${offer(value)}; return ;;\n`],
  )
  const [place] = places
  return `    ${name})
${values.length === 0 ? '' : `      case $prev in\n${values.join('')}      esac\n`}      if [[ $cur == -* ]]; then _postern_offer ${list(flags.flatMap(flagLines))}
      else ${offer(place?.value ?? { kind: 'free' })}
      fi
      ;;
`
}

function offer(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `_postern_offer ${list(value.words.map(word => line(word, '')))}`
    case 'files':
      return '_postern_paths -f'
    case 'folders':
      return '_postern_paths -d'
    case 'free':
      return ':'
  }
}

const flagLines = ({ names, means }: FlagSpec): readonly string[] => names.map(name => line(name, means))

const line = (word: string, means: string): string =>
  `${word}${means === '' ? '' : `\t${means.replace(/[\n\t]+/g, ' ')}`}`

const list = (lines: readonly string[]): string => `'${lines.join('\n').replaceAll("'", String.raw`'\''`)}'`
