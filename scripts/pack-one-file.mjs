// Packs the chunks of a split bundle into one file in which a chunk is compiled when it is first needed, for a program that has to be one file. In
// a plain bundle V8 reads every function of every library at each start, whatever is needed of them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { asFunctions, compiledBy } from './chunk-code.mjs'

/**
 * The text of one file that runs `entry`, wherever it lies: as a script and as a module. `chunks` maps names such as `chunk-A.js` to ES modules
 * that import each other as `./chunk-A.js`. They stand in a comment at the end, which V8 passes over, and are read from there; those in `cold` are
 * compressed. The others carry what V8 compiled of them while the program ran with `environment`, until its first line on standard output: a V8 of
 * another version ignores that and compiles them itself.
 */
export async function packOneFile(entry, chunks, cold, environment) {
  const blobs = new Map()
  for (const [name, text] of await asFunctions(chunks))
    blobs.set(name, cold.has(name) ? brotliCompressSync(`(${text})`).toString('base64') : `(${text})`)
  const folder = await mkdtemp(join(tmpdir(), 'postern-build-'))
  try {
    const program = join(folder, 'program.cjs')
    await writeFile(program, file(entry, blobs, cold, keepScripts))
    const compiled = await compiledBy(program, { args: [], env: environment, waits: true })
    for (const [name, data] of compiled) blobs.set(`${name}+`, data.toString('base64'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return file(entry, blobs, cold, '')
}

/** A module has no `require` and does not know its file; a script has both, and may not declare them again. */
const asProgram = [
  '((require, __filename) => {',
  "})(process.getBuiltinModule('node:module').createRequire(process.argv[1]), process.argv[1]);",
]

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
${asProgram[0]}
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
  script.runInThisContext()(module, module.exports, $load, __filename, require('node:path').dirname(__filename));
  return module.exports;
}
$load(${JSON.stringify(`./${entry}`)});
${asProgram[1]}
/*`
  // The length of the head depends on the number in it.
  let start = 0
  while (head(start).length !== start) start = head(start).length
  return `${head(start)}${data}*/\n`
}

/** Only while building: hands out what V8 compiled, once the program has run. */
const keepScripts = `if (!$cold.has(key)) (globalThis.$scripts ??= new Map()).set(key, script);`
