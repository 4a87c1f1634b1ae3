import { coverageState, type CoverageState } from '../../blocks/data-source-states.ts'
import { documentOfText } from '../../blocks/document-text.ts'
import type { ValueObject } from '../../blocks/value.ts'
import { failed, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { CoverageReport } from '../../model/coverage.ts'
import { desiredBeside } from '../../operations/desired-of.ts'
import { configurationFiles } from '../../operations/resources/configuration-files.ts'
import { coverageNow } from '../../operations/resources/coverage-now.ts'
import { loadFolder } from '../../operations/validate.ts'
import { todayOf, type Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { error, problemsOf } from '../problems.ts'
import { folderProblems } from './folder-problems.ts'
import { given, unread, type DataSourceHandler } from './handler.ts'

/** Who has to pass a second factor. */
export const coverageSource: DataSourceHandler = {
  validate: ({ documents, folder }) =>
    documents === null || folder === null || documents === undefined || folder === undefined
      ? []
      : [error('`documents` and `folder` say the same: give one of them', undefined, [{ attribute: 'folder' }])],
  async read(config, configured) {
    const { desired, problems } = await desiredIn(config, configured)
    if (!desired.ok) return unread(problems)
    const counted = await coverageNow(configured.view, desired.value)
    const told = [...problems, ...problemsOf(counted.diagnostics)]
    return counted.ok ? { problems: told, state: coverageState(stateOf(counted.value, config)) } : unread(told)
  },
}

interface DesiredGiven {
  readonly desired: Outcome<Desired>
  readonly problems: readonly Problem[]
}

async function desiredIn(config: ValueObject, configured: Configured): Promise<DesiredGiven> {
  const { world, organization, organizationSource } = configured
  const { folder } = given(config, 'folder')
  if (folder !== undefined) {
    const loaded = await loadFolder(world.path(folder), world.now(), 'kept')
    return { desired: loaded.result, problems: folderProblems(folder, loaded, [{ attribute: 'folder' }]) }
  }
  const texts = textsIn(config)
  if (texts === undefined)
    return { desired: { ok: true, value: desiredBeside(organization, []), diagnostics: [] }, problems: [] }
  const read = texts.map((text, index) => ({ file: `documents[${index}]`, document: documentOfText(text) }))
  const path = (index: number) => [{ attribute: 'documents' }, { index }]
  const broken = read.flatMap(({ document }, index) =>
    document === undefined ? [error('this is no document', 'Give `document` of a resource.', path(index))] : [],
  )
  if (broken.length > 0) return { desired: failed(), problems: broken }
  // An Organization among them stands for that of the provider.
  const own = read.some(({ document }) => document?.kind === 'Organization')
  const files = configurationFiles([
    ...(own ? [] : [organizationSource]),
    ...read.flatMap(({ file, document }) => (document === undefined ? [] : [{ file, spec: document.spec }])),
  ])
  const desired = files.check(todayOf(configured))
  const spots = new Map(read.map(({ file }, index) => [file, () => path(index)] as const))
  return { desired, problems: problemsOf(desired.diagnostics, { files, spots }) }
}

function textsIn({ documents }: ValueObject): readonly string[] | undefined {
  if (!Array.isArray(documents)) return undefined
  return (documents as readonly unknown[]).filter(text => typeof text === 'string')
}

function stateOf(report: Omit<CoverageReport, 'diagnostics'>, config: ValueObject): CoverageState {
  const { totals, levels, declaredLevels, gaps, requirements } = report
  const documents = textsIn(config)
  const { folder } = given(config, 'folder')
  return {
    ...(documents !== undefined && { documents }),
    ...(folder !== undefined && { folder }),
    total: totals.accounts,
    managed: totals.managed,
    external: totals.external,
    levels,
    declaredLevels,
    gaps: gaps.map(({ account, accountClass, policy, level, declaredLevel, reason, risk }) => ({
      ...(account.accountId !== undefined && { id: account.accountId }),
      email: account.email,
      accountClass,
      ...(policy !== undefined && { policy }),
      level,
      ...(declaredLevel !== undefined && { declaredLevel }),
      reason,
      risk,
    })),
    requirements: requirements.map(({ name, met, percent, required, severity, population, meeting }) => ({
      name,
      met,
      percent,
      required,
      severity,
      population,
      meeting,
    })),
  }
}
