import { policyFolderState } from '../../blocks/data-source-states.ts'
import { resolvedKinds } from '../../kinds/index.ts'
import type { Resource } from '../../kinds/resource.ts'
import { digestOf } from '../../operations/digest-of.ts'
import { loadFolder } from '../../operations/validate.ts'
import { folderProblems } from './folder-problems.ts'
import { given, unread, type DataSourceHandler } from './handler.ts'

/** A folder of documents as values. Nothing is asked of the organization. */
export const policyFolderSource: DataSourceHandler = {
  validate: () => [],
  async read(config, { world }) {
    const { path = '.' } = given(config, 'path')
    const loaded = await loadFolder(world.path(path), world.now())
    const problems = folderProblems(path, loaded, [{ attribute: 'path' }])
    if (!loaded.result.ok) return unread(problems)
    const desired = loaded.result.value
    const documents = resolvedKinds.flatMap(kind =>
      (desired[kind] as readonly Resource[]).map(({ address, spec }) => ({
        kind,
        name: address.name,
        spec: spec,
      })),
    )
    return { problems, state: policyFolderState({ path, documents, desiredDigest: digestOf(desired) }) }
  },
}
