import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import policySchema from '../../../schemas/policy.schema.json' with { type: 'json' }
import { diagnostic, isError } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { shellWord } from '../../model/shell-word.ts'
import { planImport, writeImport, type ImportOptions, type NewFile } from '../../operations/import.ts'
import { readFolder } from '../../operations/read-folder.ts'
import { repositoryAt, type Repository } from '../../operations/repository.ts'
import { importText } from '../../render/import-text.ts'
import { exportHelp, initDoneText, initIntro } from '../../render/init-text.ts'
import { ciSystems, type CiSystem } from '../../render/starter/index.ts'
import { askChoice, askYes } from '../ask-choice.ts'
import { askOrganization } from '../ask-organization.ts'
import { exportsOf, type ExportFlags } from '../exports-of.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { examineKey, withKey } from '../init-key.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Session } from '../session.ts'
import { ledgerGiven, placesOf, type PlaceOptions } from '../settings.ts'
import { starterFiles } from '../starter-files.ts'
import { version } from '../version.ts'

export interface InitFlags extends PlaceOptions, ExportFlags {
  readonly organization?: string
  readonly ci?: CiSystem | 'none'
  readonly editor?: 'vscode' | 'none'
  readonly yes?: boolean
}

/**
 * `postern init [DIR]`: from a key to a policy folder with what goes around it. What a flag does not say is asked where there is a terminal. Everything is
 * written at the end, all or nothing; the key nowhere.
 */
export async function init(session: Session, given: string | undefined, flags: InitFlags): Promise<ExitCode> {
  const shown = given ?? 'policies'
  const repository = repositoryAt(session.world.cwd)
  const output = session.outputProblem()
  if (output !== undefined) return session.fail([output])
  const place = placeIn(session, shown, repository)
  if (!place.ok) return session.fail(place.diagnostics)
  const { world } = session
  const asking = world.ask !== undefined && flags.yes !== true
  if (world.ask !== undefined) world.stderr.write(initIntro(shown, session.err))

  const keyed = await withKey(session)
  if (keyed === undefined) return stopped(session)
  const places = placesOf(keyed.session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  const { connection, ledger } = places.value
  const choose = askOrganization(session)
  const usable = await examineKey(session, connection, { organization: flags.organization, choose })
  if (!usable.ok) return usable.diagnostics.length > 0 ? session.fail(usable.diagnostics) : exitCodes.error

  const ci = flags.ci ?? (asking ? await askCi(session, repository) : 'none')
  if (ci === undefined) return stopped(session)
  const exported = flags.export ?? (asking ? await askExport(session) : [])
  if (exported === undefined) return stopped(session)
  const options: ImportOptions = {
    folder: { shown, path: session.path(shown) },
    connection,
    ledger,
    now: world.now(),
    organization: usable.value,
    exports: exportsOf(session, { ...flags, export: exported }),
    schema: jsonText(policySchema),
  }
  const planned = await planImport(options)
  endProgress(session)
  if (!planned.ok) return session.fail(planned.diagnostics, { folder: shown, texts: planned.texts })
  session.tell(planned.diagnostics)
  const starter = starterFiles({
    repository,
    folder: place.value,
    ci,
    editor: flags.editor ?? 'vscode',
    version,
    ledger: ledgerIn(session, flags, repository),
  })
  session.tell(starter.notes)
  const beside = starter.files.map((file): NewFile => ({ ...file, inside: repository.root }))
  const names = [
    ...planned.value.report.files.map(({ file }) => `${shown}/${file}`),
    ...starter.files.map(({ path }) => relative(world.cwd, path)),
  ]
  if (asking) {
    world.stderr.write(importText(planned.value.report, session.err))
    if ((await askYes(session, `Write these and ${starter.files.length} files beside them?`)) !== true)
      return stopped(session)
  }
  const written = await writeImport(planned.value, beside)
  if (!written.ok) return session.fail(written.diagnostics)
  return session.print(
    (asking ? '' : importText(written.value, session.out)) +
      initDoneText({ files: names, keyTyped: keyed.typed, next: nextSteps(shown, exported.length > 0) }, session.out),
  )
}

const stopped = (session: Session): Promise<ExitCode> => session.fail([diagnostic('init/stopped', {})])

/** The folder as the repository knows it. It must be empty, and its name must do no harm in a workflow. */
function placeIn(session: Session, shown: string, { root }: Repository): Outcome<string> {
  const folder = relative(root, session.path(shown)).split(sep).join('/')
  if (!/^(?!-)[\p{L}\p{N} ._/-]+$/u.test(folder) || folder.startsWith('..') || /\s$/.test(folder))
    return failed(diagnostic('init/odd-folder', { folder: shown }))
  const { files, diagnostics } = readFolder(session.path(shown))
  // A folder that is not there yet cannot be read, which is as it should be.
  const broken = diagnostics.filter(found => isError(found) && found.code !== 'policy/not-a-folder')
  if (broken.length > 0) return failed(...broken)
  return files.length > 0 ? failed(diagnostic('init/folder-taken', { folder: shown })) : outcome(folder, [])
}

/** The ledger as git knows it, where it is a folder in the repository that no other line of .gitignore names. */
function ledgerIn(session: Session, flags: InitFlags, { root }: Repository): string | undefined {
  const given = ledgerGiven(session, flags)
  if (given === undefined || given.includes('://')) return undefined
  const place = relative(root, session.path(given)).split(sep).join('/')
  return place === '' || place.startsWith('..') || /(^|\/)\.postern$/.test(place) ? undefined : place
}

/** Which CI system. What the repository says of its host is proposed. */
function askCi(session: Session, { host }: Repository): Promise<CiSystem | 'none' | undefined> {
  const systems = Object.entries(ciSystems).map(([word, { title }]) => ({ value: word as CiSystem, word, title }))
  const choices = [...systems, { value: 'none' as const, word: 'none', title: 'none' }]
  const proposed = choices.findIndex(({ value }) => value === (host ?? 'none'))
  return askChoice(session, 'Which CI system shall plan, apply and look for drift?', choices, proposed)
}

/** The export that has the names of policies and four of their settings. Few have it at hand, and it can come later. */
async function askExport(session: Session): Promise<readonly string[] | undefined> {
  const { world } = session
  world.stderr.write(exportHelp(session.err))
  for (let tried = 0; tried < 3; tried++) {
    const file = (await world.ask?.('File, or nothing for now: '))?.trim()
    if (file === undefined) return undefined
    if (file === '') return []
    if (existsSync(session.path(file))) return [file]
    world.stderr.write('There is no such file.\n')
  }
  return undefined
}

function nextSteps(folder: string, exported: boolean): readonly { readonly command: string; readonly why: string }[] {
  const dir = shellWord(folder)
  return [
    {
      command: `postern plan ${dir}`,
      why: 'Shows that the documents say what the organization is: nothing to change.',
    },
    exported
      ? {
          command: 'postern attest ExternalUserPolicy/external',
          why: 'Asks what the console shows of the external user policy. `postern import --complete` then writes it down.',
        }
      : {
          command: `postern import ${dir} --export members.csv --complete`,
          why: 'Adds the settings that no API shows, from the export of Security → Authentication policies → Export members.',
        },
    {
      command: `postern coverage ${dir}`,
      why: 'Says who really has to pass a second factor. Then change a document, plan again, and commit.',
    },
  ]
}
