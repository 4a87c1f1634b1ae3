import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { policyFolder } from '../operations/start.ts'
import { refused } from './synthesize.ts'

const page = readFileSync('docs/cdktf.md', 'utf8')
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)

/** What is wrong with programs in the folder of the example, by its `tsconfig.json`, as the compiler says it. */
function compiled(programs: Readonly<Record<string, string>>): readonly string[] {
  const folder = resolve('examples/cdktf')
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expect.fail(JSON.stringify(messageText)),
  })
  const options = config?.options ?? {}
  const texts = new Map(Object.entries(programs).map(([name, text]) => [join(folder, name), text]))
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: file => texts.has(file) || host.fileExists(file),
    readFile: file => texts.get(file) ?? host.readFile(file),
    getSourceFile: (file, version, ...others) => {
      const text = texts.get(file)
      return text === undefined
        ? host.getSourceFile(file, version, ...others)
        : ts.createSourceFile(file, text, version)
    },
  })
  return [...texts.keys()]
    .map(file => program.getSourceFile(file))
    .flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}

describe('the page about CDKTF', () => {
  it('shows the example whole', () => {
    expect(blocks('ts')).toContain(readFileSync('examples/cdktf/main.ts', 'utf8'))
  })

  it('shows programs that compile', () => {
    const [first = '', ...others] = blocks('ts')
    expect(others).toHaveLength(3)
    // The last one shows that this finds something.
    const programs = [first, ...others, first.replace("folder: 'policies'", 'folder: 1')]
    const wrong = compiled(Object.fromEntries(programs.map((text, index) => [`shown-${index}.ts`, text])))
    expect(wrong).toEqual([expect.stringMatching(/shown-4\.ts: .*'number' is not assignable/s)])
  }, 60_000)

  it('shows what is told of a folder with errors', async () => {
    const [document = ''] = blocks('yaml')
    const folder = await policyFolder({
      'organization.yaml': 'kind: Organization\nname: acme\nid: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf\n',
      'staff.yaml': document,
    })
    const { message } = refused({ folder })
    const told = message.replaceAll(/"[^"\n]*"(?=\n)/g, '"policies"').replaceAll(/--> \S*(?=staff)/g, '--> policies/')
    expect(blocks('text')).toEqual([`${told.replace('stack/policies', 'policies/policies')}\n`])
  })
})
