import { count } from '../diagnostics/wording.ts'
import { grouped } from '../model/grouped.ts'
import { shellWord } from '../model/shell-word.ts'
import type { ImportReport, LeftOutPart, UnobservedSetting } from '../model/import-report.ts'

/** How much was seen, in words. */
export const foundWords = ({ found }: ImportReport): string =>
  found === undefined
    ? ''
    : [
        count(found.accounts, 'active managed account'),
        count(found.authenticationPolicies, 'authentication policy', 'authentication policies'),
        count(found.directories, 'directory', 'directories'),
        count(found.domains, 'domain'),
        count(found.ipAllowlists, 'IP allowlist'),
      ].join(', ')

/** What became of the files, in words. */
export function filesWords({ files, folder, written }: ImportReport): string {
  if (files.length === 0) return `Nothing to write to ${folder}: no document differs in what import takes over`
  return `${written ? 'Written' : 'To be written'} to ${folder}: ${count(files.length, 'file')}`
}

/** Settings of one object that one way would show. */
export interface UnobservedObject {
  readonly kind: string
  readonly name: string
  readonly paths: readonly string[]
}

/** What was not observed, by what would show it, with the commands that take it in. */
export interface UnobservedWay {
  readonly title: string
  readonly objects: readonly UnobservedObject[]
  readonly commands: readonly string[]
}

/** The ways to bring the evidence that is missing, the quicker one first. */
export function waysToObserve({ unobserved, folder }: ImportReport): readonly UnobservedWay[] {
  const dir = shellWord(folder)
  const [exported, attested] = (['export', 'attestation'] as const).map(way =>
    objectsOf(unobserved.filter(({ by }) => by === way)),
  )
  const where = folder === 'policies' ? '' : ` --policies ${dir}`
  return [
    {
      title: 'Security → Authentication policies → Export members shows',
      objects: exported ?? [],
      commands: [`postern import ${dir} --export members.csv --complete`],
    },
    {
      title: 'A person who looks at the page of each in the console can tell',
      objects: attested ?? [],
      commands: [
        ...(attested ?? []).map(({ kind, name }) => `postern attest ${shellWord(`${kind}/${name}`)}${where}`),
        `postern import ${dir} --complete`,
      ],
    },
  ].filter(({ objects }) => objects.length > 0)
}

const objectsOf = (settings: readonly UnobservedSetting[]): readonly UnobservedObject[] =>
  [...grouped(settings, ({ kind, name }) => JSON.stringify([kind, name])).values()].flatMap(own => {
    const [first] = own
    return first === undefined ? [] : [{ kind: first.kind, name: first.name, paths: own.map(({ path }) => path) }]
  })

/** What a part that was left out is called: one path of one object, a whole object, or all objects of a kind. */
export const leftOutSubject = ({ kind, name, path }: LeftOutPart): string =>
  `${kind}${name === '*' ? '' : ` “${name}”`}${path === undefined ? '' : `, ${path}`}`

/** What to run after an import, and why. */
export function nextCommands({ folder }: ImportReport): readonly (readonly [command: string, why: string])[] {
  const dir = shellWord(folder)
  return [
    [`postern validate ${dir}`, 'checks the documents, offline'],
    [`postern plan ${dir}`, 'compares them with what is live: nothing is left where import could take over all'],
    [`postern coverage ${dir}`, 'says who really has to pass a second factor'],
  ]
}
