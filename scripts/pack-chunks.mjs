// Packs the chunks of a split bundle into one CommonJS file in which a chunk is compiled when it is first needed. In a plain bundle V8 reads every
// function of every library at each start, whatever the command needs of them.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { transform } from 'esbuild'

/**
 * The text of one file that runs `entry`. `chunks` maps names such as `chunk-A.js` to ES modules that import each other as `./chunk-A.js`. They stand
 * in a comment at the end, which V8 passes over, and are read from there; those in `cold` are compressed. The others carry what V8 compiled of
 * them while the program ran with `warmUp` as its arguments: a V8 of another version ignores that and compiles them itself.
 *
 * With `anywhere` the file is a program that also runs as a module, so that it may lie beside a package.json of any type. `environment` is that of the warming run; a program that waits for
 * somebody ends it with its first line on standard output.
 */
export async function packChunks(entry, chunks, cold, warmUp, { anywhere = false, environment } = {}) {
  const code = new Map()
  for (const [name, text] of chunks) {
    const transformed = await transform(text, {
      format: 'cjs',
      minify: true,
      target: 'node20.19',
      // `import()` becomes `require()`, which the packed file answers itself.
      supported: { 'dynamic-import': false },
    })
    code.set(name, `(function(module,exports,require,__filename,__dirname){${transformed.code}\n})`)
  }
  const blobs = new Map()
  for (const [name, text] of code) blobs.set(name, cold.has(name) ? brotliCompressSync(text).toString('base64') : text)
  const pack = extra => file(entry, blobs, cold, extra, anywhere)
  for (const [name, compiled] of Object.entries(await compile(pack(keepScripts), warmUp, environment)))
    blobs.set(`${name}+`, compiled)
  return pack('')
}

/** A module has no `require` and does not know its file; a script has both, and may not declare them again. */
const asProgram = [
  '((require, __filename) => {',
  "})(process.getBuiltinModule('node:module').createRequire(process.argv[1]), process.argv[1]);",
]

function file(entry, blobs, cold, extra, anywhere) {
  let data = ''
  const index = {}
  for (const [name, blob] of blobs) {
    // Nothing in it may end the comment: a character that occurs nowhere else keeps the two apart.
    const safe = blob.replaceAll('*/', '*\u007f/')
    index[name] = [data.length, safe.length, safe === blob ? 0 : 1]
    data += safe
  }
  if (/[^\x00-\x7f]/.test(data) || [...blobs.values()].some(blob => blob.includes('\u007f')))
    throw new Error('offsets in the packed file count bytes: it must be ASCII')
  const first = JSON.stringify(`./${entry}`)
  const before = anywhere ? `${asProgram[0]}\n` : ''
  const choose = `// Whoever loads this file may ask for another entry than its program.
module.exports = $load(globalThis.posternEntry ?? ${first});`
  const head = start => `#!/usr/bin/env node
'use strict';
${before}const { closeSync, openSync, readSync } = require('node:fs');
const { Script } = require('node:vm');
const $index = ${JSON.stringify(index)};
const $cold = new Set(${JSON.stringify([...cold])});
const $loaded = new Map();
const $read = name => {
  const [offset, length, marked] = $index[name];
  const bytes = Buffer.allocUnsafe(length);
  const file = openSync(__filename);
  readSync(file, bytes, 0, length, ${start} + offset);
  closeSync(file);
  const text = bytes.latin1Slice();
  return marked ? text.replaceAll('*\\u007f/', '*/') : text;
};
function $load(name) {
  if (!name.startsWith('./')) return require(name);
  const key = name.slice(2);
  const known = $loaded.get(key);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  $loaded.set(key, module);
  const text = $read(key);
  const source = $cold.has(key) ? require('node:zlib').brotliDecompressSync(Buffer.from(text, 'base64')).toString() : text;
  const script = new Script(source, {
    filename: __filename + '/' + key,
    ...(key + '+' in $index && { cachedData: Buffer.from($read(key + '+'), 'base64') }),
  });
  ${extra}
  script.runInThisContext()(module, module.exports, $load, __filename, ${anywhere ? "require('node:path').dirname(__filename)" : '__dirname'});
  return module.exports;
}
${anywhere ? `$load(${first});\n${asProgram[1]}` : choose}
/*`
  // The length of the head depends on the number in it.
  let start = 0
  while (head(start).length !== start) start = head(start).length
  return `${head(start)}${data}*/\n`
}

/** Only while building: hands out what V8 compiled, once the program has run. */
const keepScripts = `if (!$cold.has(key)) (globalThis.$scripts ??= new Map()).set(key, script);`

/** Only while building: what a program that waits for somebody reads after its first line is read once it has nothing else to do. */
const endAfterFirstLine = `const { stdout } = process;
      const { write } = stdout;
      stdout.write = (...args) => (setTimeout(() => process.exit(0), 1000), write.apply(stdout, args));`

/** What V8 compiles of each chunk while the program runs. */
async function compile(text, warmUp, environment) {
  const folder = await mkdtemp(join(tmpdir(), 'postern-build-'))
  try {
    const [program, harness, result] = ['program.cjs', 'harness.cjs', 'compiled.json'].map(name => join(folder, name))
    await writeFile(program, text)
    await writeFile(
      harness,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify(Object.fromEntries(
        [...globalThis.$scripts].map(([name, script]) => [name, script.createCachedData().toString('base64')])))));
      process.argv.splice(1, 1, ${JSON.stringify(program)});
      ${environment ? endAfterFirstLine : ''}
      require(${JSON.stringify(program)});`,
    )
    const { status, stderr } = spawnSync(process.execPath, [harness, ...warmUp], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      timeout: 60_000,
    })
    if (status !== 0) throw new Error(`the packed program does not run: ${stderr}`)
    return JSON.parse(await readFile(result, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
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
