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
 */
export async function packChunks(entry, chunks, cold, warmUp) {
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
  for (const [name, compiled] of Object.entries(await compile(file(entry, blobs, cold, keepScripts), warmUp)))
    blobs.set(`${name}+`, compiled)
  return file(entry, blobs, cold, '')
}

function file(entry, blobs, cold, extra) {
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
  const head = start => `#!/usr/bin/env node
'use strict';
const { closeSync, openSync, readSync } = require('node:fs');
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
  script.runInThisContext()(module, module.exports, $load, __filename, __dirname);
  return module.exports;
}
// Whoever loads this file may ask for another entry than its program.
module.exports = $load(globalThis.posternEntry ?? ${JSON.stringify(`./${entry}`)});
/*`
  // The length of the head depends on the number in it.
  let start = 0
  while (head(start).length !== start) start = head(start).length
  return `${head(start)}${data}*/\n`
}

/** Only while building: hands out what V8 compiled, once the program has run. */
const keepScripts = `if (!$cold.has(key)) (globalThis.$scripts ??= new Map()).set(key, script);`

/** What V8 compiles of each chunk while the program runs. */
async function compile(text, warmUp) {
  const folder = await mkdtemp(join(tmpdir(), 'postern-build-'))
  try {
    const [program, harness, result] = ['program.cjs', 'harness.cjs', 'compiled.json'].map(name => join(folder, name))
    await writeFile(program, text)
    await writeFile(
      harness,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify(Object.fromEntries(
        [...globalThis.$scripts].map(([name, script]) => [name, script.createCachedData().toString('base64')])))));
      process.argv.splice(1, 1, ${JSON.stringify(program)});
      require(${JSON.stringify(program)});`,
    )
    const { status, stderr } = spawnSync(process.execPath, [harness, ...warmUp], { encoding: 'utf8' })
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
