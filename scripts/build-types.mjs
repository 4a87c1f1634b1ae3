// Writes the types of the package: one file for each entry, which imports nothing. What a user sees is what the declarations of an entry reach, and
// these are emitted file by file, without the checker: it takes a second, and what is inferred across files has to be written out.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateDtsBundle } from 'dts-bundle-generator'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The entries of the package, and the sources of their types. */
const entries = {
  index: 'src/index.ts',
  simulator: 'src/simulator/index.ts',
  cdktf: 'src/construct/index.ts',
  'cdktf-aws': 'src/construct/aws/index.ts',
}

/** Packages that whoever uses an entry has: its types may be made of theirs. */
const peers = ['cdktf', 'constructs']

/** What is meant by `Request` or `AbortSignal` is left to whoever compiles with the types: Node.js and browsers have them both. */
const compilerOptions = {
  target: 'ES2023',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  lib: ['ES2023'],
  types: [],
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
}

const { options } = ts.convertCompilerOptionsFromJson(
  { ...compilerOptions, declaration: true, isolatedDeclarations: true, rewriteRelativeImportExtensions: true },
  root,
)

async function declarationOf(file) {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(join(root, file), 'utf8'), {
    fileName: file,
    compilerOptions: options,
    reportDiagnostics: true,
  })
  for (const { messageText } of diagnostics)
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  return outputText
}

/** The declarations of the entries and of all files that they reach, by path. */
async function reachedDeclarations() {
  const reached = new Map()
  const waiting = Object.values(entries)
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue
    const text = await declarationOf(file)
    reached.set(file, text)
    for (const [, path] of text.matchAll(/\bfrom ["']([^"']+)["']/g)) {
      if (peers.includes(path) && file.startsWith('src/construct/')) continue
      if (!path.startsWith('.')) throw new Error(`${file}: its types are those of ${path}, which users don't have`)
      waiting.push(join(dirname(file), path.replace(/\.js$/, '.ts')))
    }
  }
  return reached
}

/** The comment about the whole entry: the bundler takes declarations only. */
async function introductionOf(file) {
  const [comment = ''] = /^\/\*\*[^]*?\*\/\n/.exec(await readFile(join(root, file), 'utf8')) ?? []
  return comment
}

/** Whoever uses the package has neither the reference nor the design that comments cite. */
const withoutReferences = text =>
  text.replace(/ \((?:ref|design) \d[^():;]*\)/g, '').replace(/\((?:ref|design) \d[\d.# ]*[:;] /g, '(')

/** The types of each entry, by its name. */
export async function typesOf() {
  const folder = await mkdtemp(join(tmpdir(), 'postern-types-'))
  try {
    const put = async (path, text) => {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    await put('package.json', '{"type":"module"}')
    // The types of peers are found there.
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    await put('tsconfig.json', JSON.stringify({ compilerOptions }))
    for (const [file, text] of await reachedDeclarations()) await put(file.replace(/\.ts$/, '.d.ts'), text)
    const texts = generateDtsBundle(
      Object.values(entries).map(file => ({
        filePath: join(folder, file.replace(/\.ts$/, '.d.ts')),
        output: { noBanner: true, exportReferencedTypes: false },
      })),
      { preferredConfigPath: join(folder, 'tsconfig.json') },
    )
    const named = Object.entries(entries).map(async ([name, file], index) => [
      name,
      withoutReferences((await introductionOf(file)) + texts[index].replaceAll('\t', '  ')),
    ])
    return new Map(await Promise.all(named))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes them beside the modules of the package. */
export async function buildTypes(folder = join(root, 'dist')) {
  for (const [name, text] of await typesOf()) await writeFile(join(folder, `${name}.d.ts`), text)
}
