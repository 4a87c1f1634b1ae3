import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { full } from '../survival/extent.ts'
import { filesBelow, install, lend, type Installed } from './installed.ts'

let installed: Installed
beforeAll(async () => {
  installed = await install()
  cpSync('policies', join(installed.project, 'policies'), { recursive: true })
  cpSync('test/package/project', installed.project, { recursive: true })
  // Nothing compiles it here, where the types of the package may not be built.
  renameSync(join(installed.project, 'every-call.ts.txt'), join(installed.project, 'every-call.ts'))
}, 120_000)
afterAll(() => rmSync(join(installed.project, '..'), { recursive: true, force: true }))

const clean = (stdout: string) => ({ status: 0, stdout, stderr: '' })

describe('the tarball', () => {
  it('holds what is used and nothing else', () => {
    const kinds = [/^dist\/chunks\/[\w.-]+\.js$/, /^schemas\/[\w-]+\.schema\.json$/]
    const named = installed.files.filter(file => !kinds.some(kind => kind.test(file)))
    expect(named).toEqual([
      'LICENSE',
      'README.md',
      'dist/cdktf-aws.d.ts',
      'dist/cdktf-aws.js',
      'dist/cdktf.d.ts',
      'dist/cdktf.js',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/lambda/index.cjs',
      'dist/postern.chunks',
      'dist/postern.cjs',
      'dist/sbom.cdx.json',
      'dist/simulator.d.ts',
      'dist/simulator.js',
      'man/postern.1',
      'package.json',
    ])
    for (const kind of kinds)
      expect(
        installed.files.some(file => kind.test(file)),
        String(kind),
      ).toBe(true)
    console.log(`the package: ${kilobytes(installed.size)}, unpacked ${kilobytes(installed.unpackedSize)}`)
    expect(installed.size).toBeLessThan(2_500_000)
  })

  it('asks for nothing else to be installed, and runs nothing when it is', () => {
    const lock = JSON.parse(readFileSync(join(installed.project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>
    }
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/postern'])
    expect(Object.keys(manifest.scripts).filter(name => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([])
  })

  it('names no place of the machine that built it', () => {
    const places = [resolve('.'), homedir(), '/tmp/', '/home/', 'sourceMappingURL', 'sourcesContent']
    for (const file of filesBelow(join(installed.project, 'node_modules/postern'))) {
      const text = readFileSync(file, 'latin1')
      expect(
        places.filter(place => place !== '/' && text.includes(place)),
        file,
      ).toEqual([])
    }
  })
})

describe('the installed program', () => {
  const postern = (...args: readonly string[]) => installed.node('node_modules/.bin/postern', ...args)

  it('says its version and validates', () => {
    expect(postern('--version')).toEqual(clean(`${manifest.version}\n`))
    expect(postern('validate', 'policies')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('the installed library', () => {
  it('does everything over a socket, prints nothing, listens to no signal, and lets the process end', () => {
    const { stdout, ...ended } = installed.node('whole-story.mjs')
    expect(ended).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('\n')).toHaveLength(2)
    expect(JSON.parse(stdout)).toEqual({
      ok: [true, true, true, true, true, false],
      steps: ['pending', 'done', 'pending', 'pending', 'pending', 'pending', 'done'],
      listensTo: [],
      endsByItself: true,
    })
  })

  it.each([
    [
      'import',
      'index.mjs',
      `const { plan } = await import('postern'), { simulate } = await import('postern/simulator')`,
    ],
    ['require', 'index.cjs', `const { plan } = require('postern'), { simulate } = require('postern/simulator')`],
  ])('can be taken in by %s', (_, file, statement) => {
    writeFileSync(join(installed.project, file), `${statement}\nconsole.log(typeof plan, typeof simulate)\n`)
    expect(installed.node(file)).toEqual(clean('function function\n'))
  })

  it('has schemas that can be taken in, and nothing inside it', () => {
    const script = (path: string) => `console.log(import.meta.resolve('${path}').split('/').at(-1))`
    const resolved = (path: string) => installed.node('--input-type=module', '-e', script(path))
    expect(resolved('postern/schemas/policy.schema.json')).toEqual(clean('policy.schema.json\n'))
    expect(resolved('postern/dist/index.js')).toMatchObject({ status: 1, stdout: '' })
  })

  it('runs the example of the documentation, which prints what the page shows', () => {
    const page = readFileSync('docs/library.md', 'utf8')
    const example = readFileSync('examples/library/plan.mjs', 'utf8')
    expect(page).toContain(`\`\`\`js\n${example}\`\`\``)
    cpSync('examples/library/plan.mjs', join(installed.project, 'plan.mjs'))
    const { status, stdout } = installed.node('plan.mjs', 'policies')
    expect(status).toBe(0)
    expect(page).toContain(`\`\`\`text\n${stdout}\`\`\``)
  })
})

describe('its types', () => {
  const compiled = (lib: readonly string[], types: readonly string[]) => {
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      lib,
      types,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    }
    writeFileSync(
      join(installed.project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['every-call.ts'] }),
    )
    return installed.node(resolve('node_modules/typescript/bin/tsc'), '-p', '.')
  }

  it('need no package: they compile with the libraries of TypeScript', () => {
    expect(compiled(['es2023', 'dom'], [])).toEqual(clean(''))
  }, 60_000)

  // Says little that the other one does not, and checking the types of Node.js takes its time.
  it.runIf(full)(
    'compile with those of Node.js in place of a browser’s',
    () => {
      for (const name of ['@types/node', 'undici-types']) lend(installed.project, name)
      expect(compiled(['es2023'], ['node'])).toEqual(clean(''))
    },
    60_000,
  )
})

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`
