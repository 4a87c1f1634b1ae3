// What the packed program does with its chunks. They lie in a file beside it, in groups of those that are needed together: Node.js reads and scans
// the whole of the file that it is told to run, and of megabytes that alone costs a start 8 ms. `pack-beside.mjs` puts in the names with a dollar
// sign.
'use strict'
/* global $chunks, $entry, $stamp, $head, $size, $engine, $keep */
const {
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} = require('node:fs')
const { join } = require('node:path')

const beside = join(__dirname, 'postern.chunks')
const loaded = new Map()

function load(name) {
  if (!name.startsWith('./')) return require(name)
  const key = name.slice(2)
  const known = loaded.get(key)
  if (known !== undefined) return known.exports
  if (!Object.hasOwn($chunks, key)) {
    contents ??= open()
    // A file beside the program that is no chunk.
    if (!Object.hasOwn(contents.groupOf, key)) return require(name)
    Object.assign($chunks, chunksOf(contents.groupOf[key]))
  }
  const module = { exports: {} }
  loaded.set(key, module)
  $chunks[key](module, module.exports, load, __filename, __dirname)
  return module.exports
}

let contents

/**
 * The file with the chunks, and what is where in it. It stays open: a run that takes long is not disturbed by a new version that is installed
 * meanwhile.
 */
function open() {
  try {
    const file = openSync(beside)
    // Another length has what was cut off, or got other line ends on its way.
    if (fstatSync(file).size === $size) {
      const head = read(file, 0, $head).latin1Slice()
      if (head.startsWith($stamp)) return { file, ...JSON.parse(head.slice($stamp.length)) }
    }
  } catch (error) {
    return incomplete(error.code)
  }
  return incomplete()
}

function read(file, start, length) {
  const bytes = Buffer.allocUnsafeSlow(length)
  return readSync(file, bytes, 0, length, start) === length ? bytes : incomplete()
}

/** Without its chunks the program cannot say so as it says everything else. `code` is why Node.js could not read them. */
function incomplete(code = 'ENOENT') {
  const [wrong, help] =
    code === 'ENOENT'
      ? ['is missing, damaged or of another version', '']
      : [`cannot be read: ${code}`, 'let whoever runs Postern read it, or ']
  process.stderr.write(`error: ${beside} ${wrong}\n = ${help}install Postern again\n`)
  process.exit(1)
}

/** The chunks of a group, as functions by their names. */
function chunksOf(group) {
  const { Script } = require('node:vm')
  const [start, length, more, encoding] = contents.groups[group]
  // What V8 made of the text when the program was built no other V8 takes. Behind the dash stands what Node.js changed in it.
  const size = length + (process.versions.v8.startsWith(`${$engine}-`) ? more : 0)
  const bytes = read(contents.file, $head + start, size)
  const text = bytes.toString(encoding, 0, length)
  const compiled = size > length ? bytes.subarray(length) : undefined
  const kept = compiled === undefined ? keptFile(group) : undefined
  const cachedData = compiled ?? (kept && contentOf(kept))
  const script = new Script(text, { filename: `postern/${group}`, cachedData })
  if ($keep) (globalThis.$scripts ??= new Map()).set(group, script)
  if (kept && script.cachedDataRejected !== false) keepAtEnd(script, kept)
  return script.runInThisContext()
}

let folder

/** Where what is compiled of a group is kept for the next start; undefined where nothing is kept. */
function keptFile(group) {
  folder ??= folderOfNode() ?? ''
  return folder === '' ? undefined : join(folder, `postern-${$stamp}-${group}`)
}

/**
 * Where Node.js keeps what it compiled for the next start: since 22.1, below the folder of temporary files, unless it is told not to
 * (https://nodejs.org/api/module.html#module-compile-cache). Of a module it keeps only what is compiled as it is loaded (seen 2026-11 with 22.23 and
 * 24.21), which of this program is next to nothing: so the program keeps there what was compiled when it ends.
 */
function folderOfNode() {
  const { enableCompileCache, getCompileCacheDir } = require('node:module')
  if (enableCompileCache === undefined || process.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  if (getCompileCacheDir() === undefined) {
    const standard = join(require('node:os').tmpdir(), 'node-compile-cache')
    if (!isOwn(standard)) return undefined
    enableCompileCache(standard)
  }
  return getCompileCacheDir()
}

/** Whether nobody else may write to a folder, which is made where there is none. What is kept in it is run as it is. */
function isOwn(folder) {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    // It is there already, or there is no place for it.
  }
  try {
    const found = lstatSync(folder)
    if (!found.isDirectory()) return false
    // Where users have no numbers each has a folder for temporary files.
    return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o22) === 0)
  } catch {
    return false
  }
}

/**
 * V8 takes what it is given as it is, and crashes where that is damaged. So it is kept twice, and taken where both are the same: reading and
 * comparing twice as much takes less of a start than a checksum, for which a module of Node.js has to be loaded.
 */
function contentOf(file) {
  try {
    const bytes = readFileSync(file)
    const one = bytes.subarray(0, bytes.length / 2)
    return one.equals(bytes.subarray(one.length)) ? one : undefined
  } catch {
    return undefined
  }
}

const fresh = []

/** At the end, when all that the run needed is compiled. */
function keepAtEnd(script, file) {
  if (fresh.push([script, file]) === 1) process.once('exit', () => fresh.forEach(one => keep(...one)))
}

/** Whole or not at all: others may read it meanwhile. */
function keep(script, file) {
  try {
    const unfinished = `${file}.${process.pid}`
    const data = script.createCachedData()
    writeFileSync(unfinished, Buffer.concat([data, data]), { mode: 0o600 })
    renameSync(unfinished, file)
  } catch {
    // The next start compiles it again.
  }
}

// Whoever loads this file may ask for another entry than its program.
module.exports = load(globalThis.posternEntry ?? $entry)
