// What is done with the chunks of a split bundle, however they are packed.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { transform } from 'esbuild'

/** Only while building: what a program that waits for somebody reads after its first line is read once it has nothing else to do. */
const endAfterFirstLine = `const { stdout } = process;
      const { write } = stdout;
      stdout.write = (...args) => (setTimeout(() => process.exit(0), 1000), write.apply(stdout, args));`

/**
 * What V8 compiles while a program that keeps its scripts runs with arguments and environment, by the names of these scripts. One that waits for
 * somebody is ended with its first line on standard output.
 */
export async function compiledBy(program, { args, env, waits = false, codes = [0] }) {
  const [harness, result] = ['harness.cjs', 'compiled.json'].map(name => join(dirname(program), name))
  await writeFile(
    harness,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify(
      [...globalThis.$scripts].map(([name, script]) => [name, script.createCachedData().toString('base64')]))));
    process.argv.splice(1, 1, ${JSON.stringify(program)});
    ${waits ? endAfterFirstLine : ''}
    require(${JSON.stringify(program)});`,
  )
  const options = { env: { ...process.env, ...env }, timeout: 60_000 }
  const { code, stderr } = await new Promise(ended =>
    execFile(process.execPath, [harness, ...args], options, (error, _stdout, stderr) =>
      ended({ code: error === null ? 0 : error.code, stderr }),
    ),
  )
  if (!codes.includes(code)) throw new Error(`the packed program does not run: ${stderr}`)
  const compiled = JSON.parse(await readFile(result, 'utf8'))
  return new Map(compiled.map(([name, data]) => [name, Buffer.from(data, 'base64')]))
}

/** Chunks as functions that are called as a CommonJS module is: the texts of both by name. */
export async function asFunctions(chunks) {
  const functions = new Map()
  for (const [name, text] of chunks) {
    const { code } = await transform(text, {
      format: 'cjs',
      minify: true,
      target: 'node20.19',
      // `import()` becomes `require()`, which the packed program answers itself.
      supported: { 'dynamic-import': false },
    })
    functions.set(name, `function(module,exports,require,__filename,__dirname){${code}\n}`)
  }
  return functions
}

/** The chunks that loading some modules brings in at once: their static imports, and those of these. */
export function loadedWith(names, metafile) {
  const imports = new Map(
    Object.entries(metafile.outputs).map(([path, { imports: list }]) => [
      path,
      list.filter(({ kind, external }) => kind === 'import-statement' && !external).map(({ path: target }) => target),
    ]),
  )
  const found = new Set()
  const visit = path => {
    if (found.has(path)) return
    found.add(path)
    for (const target of imports.get(path) ?? []) visit(target)
  }
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) if (names.includes(entryPoint)) visit(path)
  return found
}
