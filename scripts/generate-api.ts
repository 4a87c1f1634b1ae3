import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, Logger, LogLevel, type TypeDocOptions } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { typesOf } from './build-types.mjs'

/** The pages, by the entry of the package that each describes. */
const pages: Readonly<Record<string, string>> = { index: 'postern', simulator: 'simulator' }

/** Collects what is wrong: an export without a comment, a type that a signature names and nobody can import, a link to nowhere. */
class Problems extends Logger {
  readonly found: string[] = []
  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.found.push(message)
  }
}

const layout: Partial<PluginOptions> = {
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  expandObjects: true,
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
}

/**
 * The pages of docs/api by their paths, made of the same types that users get: these say everything, and are read in a fraction of the time of the sources. The same types make the same bytes.
 */
export async function apiPages(): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-api-'))
  try {
    const files: string[] = []
    for (const [entry, text] of await typesOf()) {
      const page = pages[entry]
      // Constructs are described by the page about what they create.
      if (page === undefined) continue
      const file = join(folder, `${page}.d.ts`)
      await writeFile(file, text)
      files.push(file)
    }
    return await documented(folder, files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function documented(folder: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const compilerOptions = {
    target: 'ES2023',
    module: 'NodeNext',
    lib: ['ES2023', 'DOM'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  }
  await writeFile(join(folder, 'package.json'), '{ "name": "postern", "type": "module" }')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const options: Partial<TypeDocOptions & PluginOptions> = {
    logLevel: 'Warn',
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: [...files],
    tsconfig: join(folder, 'tsconfig.json'),
    out: join(folder, 'out'),
    readme: 'none',
    router: 'module',
    disableSources: true,
    disableGit: true,
    hideGenerator: true,
    groupOrder: ['Functions', 'Variables', 'Interfaces', '*'],
    requiredToBeDocumented: ['Module', 'Function', 'Variable', 'Interface', 'TypeAlias'],
    validation: { notExported: true, notDocumented: true, invalidLink: true, rewrittenLink: true, invalidPath: true },
    ...layout,
  }
  const application = await Application.bootstrapWithPlugins(options)
  const problems = new Problems()
  application.logger = problems
  const project = await application.convert()
  if (project !== undefined) {
    application.validate(project)
    await application.generateOutputs(project)
  }
  if (problems.found.length > 0)
    throw new Error(
      `What the package exports needs a comment, and so do the types that it names, which src/index.ts exports:\n${problems.found.join('\n')}`,
    )
  const names = (await readdir(join(folder, 'out')))
    .filter(name => Object.values(pages).includes(name.replace('.md', '')))
    .sort()
  const texts = names.map(
    async name => [`docs/api/${name}`, await readFile(join(folder, 'out', name), 'utf8')] as const,
  )
  return new Map(await Promise.all(texts))
}
