// Packs the chunks of a split bundle into two files: a small program, and beside it the chunks, which it loads when they are needed.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'
import { asFunctions } from './chunk-code.mjs'

/**
 * What makes the two files, by their names. `chunks` maps names such as `chunk-A.js` to ES modules that import each other as `./chunk-A.js`; those
 * in `inline` stand in the program itself. `groups` are sets of names that are read together, by the names of the groups, and a chunk is in the
 * first that has it; every other one is read alone.
 *
 * The function takes what V8 compiled of each group, which is stored with it. With `keep` the program hands out its scripts, for `compiledBy`.
 */
export async function packBeside({ entry, chunks, inline, groups }) {
  const texts = new Map()
  const inlined = []
  const groupOf = {}
  for (const [name, text] of await asFunctions(chunks)) {
    const member = `${JSON.stringify(name)}:${text}`
    if (inline.has(name)) inlined.push(member)
    else {
      groupOf[name] = Object.keys(groups).find(group => groups[group].has(name)) ?? name
      texts.set(groupOf[name], [...(texts.get(groupOf[name]) ?? []), member])
    }
  }
  const loader = await readFile(new URL('chunk-loader.cjs', import.meta.url), 'utf8')

  return async (compiled = new Map(), { keep = false } = {}) => {
    const { places, bytes } = arranged(texts, compiled)
    // Tells the two files of one build from those of others.
    const stamp = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    const head = `${stamp}${JSON.stringify({ groupOf, groups: places })}\n`
    const values = {
      $entry: `./${entry}`,
      $stamp: stamp,
      $head: head.length,
      $size: head.length + bytes.length,
      // Files without compiled code are the same whatever Node.js makes them.
      $engine: compiled.size === 0 ? '' : process.versions.v8.split('-')[0],
      $keep: keep,
    }
    const { code } = await transform(loader, {
      minify: true,
      target: 'node20.19',
      define: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)])),
    })
    return {
      'postern.cjs': `#!/usr/bin/env node\n'use strict';\nconst $chunks={${inlined.join(',')}};\n${code}`,
      'postern.chunks': Buffer.concat([Buffer.from(head), bytes]),
    }
  }
}

/** Each group with what was compiled of it, one after the other; and of each where it begins, how long the two are, and how its text is written. */
function arranged(texts, compiled) {
  const places = {}
  const parts = []
  let start = 0
  for (const [group, members] of texts) {
    const text = `({${members.join(',\n')}})\n`
    // Reading bytes as they are takes a fifth of the time.
    const encoding = /[^\x00-\x7f]/.test(text) ? 'utf8' : 'latin1'
    const source = Buffer.from(text, encoding)
    const data = compiled.get(group) ?? Buffer.alloc(0)
    places[group] = [start, source.length, data.length, encoding]
    parts.push(source, data)
    start += source.length + data.length
  }
  return { places, bytes: Buffer.concat(parts) }
}
