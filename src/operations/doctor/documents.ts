import { existsSync } from 'node:fs'
import { isError } from '../../diagnostics/diagnostic.ts'
import { count } from '../../diagnostics/wording.ts'
import { kindNames } from '../../kinds/index.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { readFolder } from '../read-folder.ts'
import { loadFolder, type LoadedFolder } from '../validate.ts'
import { failed, ok, warning } from './check.ts'

/** The oldest Node.js that Postern runs on. */
export const oldestNode = [20, 19] as const

/** Whether this Node.js is new enough. `version` as Node.js tells it: `20.19.1`. */
export function nodeCheck(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldMajor, oldMinor] = oldestNode
  const old = major < oldMajor || (major === oldMajor && minor < oldMinor)
  return old
    ? failed('node', `Node.js ${version} is too old`, `use Node.js ${oldMajor}.${oldMinor} or newer`)
    : ok('node', `Node.js ${version}`)
}

/** The policy folder as it is called in messages, and where it is. */
export interface FolderPlace {
  readonly shown: string
  readonly path: string
}

/** Whether there are documents and they can be read. `loaded` is undefined where there are none. */
export async function documentsCheck(
  { shown, path }: FolderPlace,
  now: Date,
): Promise<{ readonly check: DoctorCheck; readonly loaded?: LoadedFolder }> {
  const none = !existsSync(path) || isEmpty(path)
  if (none)
    return {
      check: warning(
        'documents',
        `there are no documents in ${shown} yet`,
        '`postern init` writes a first policy folder; one that is elsewhere goes behind the command: `postern doctor DIR`',
      ),
    }
  const loaded = await loadFolder(path, now)
  const { result } = loaded
  const errors = result.diagnostics.filter(isError).length
  if (!result.ok)
    return {
      check: failed(
        'documents',
        `${shown}: ${count(errors, 'error')}`,
        `\`postern validate\` shows each with its line`,
      ),
      loaded,
    }
  const { value: desired } = result
  const documents = kindNames.reduce((sum, kind) => sum + desired[kind].length, 0)
  const warnings = result.diagnostics.filter(({ severity }) => severity === 'warning').length
  const summary = `${shown}: ${count(documents, 'document')}`
  return {
    check:
      warnings === 0
        ? ok('documents', summary)
        : warning(
            'documents',
            `${summary}, ${count(warnings, 'warning')}`,
            `\`postern validate\` shows each with its line`,
          ),
    loaded,
  }
}

function isEmpty(path: string): boolean {
  const { files, diagnostics } = readFolder(path)
  return files.length === 0 && diagnostics.length === 0
}
