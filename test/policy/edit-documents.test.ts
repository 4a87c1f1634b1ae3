import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { editDocuments, unifiedDiff } from '../../src/policy/edit-documents.ts'
import { preciseDocuments } from '../../src/policy/precise-documents.ts'
import { full } from '../survival/extent.ts'

const head = 'kind: IpAllowlist\nname: d0\n'
const address = { kind: 'IpAllowlist', name: 'd0' }
type Value = Json | undefined

const read = (text: string): readonly Json[] | undefined => {
  const { documents, diagnostics } = preciseDocuments('', text)
  return diagnostics.length > 0 ? undefined : documents.map(({ value }) => value)
}

/** One edit of the only document of a text: the text after it, or why there is none. */
function editOne(text: string, path: string, value: Value): string {
  const { texts, refused } = editDocuments(new Map([['f', text]]), [{ address, path: path.split('.'), value }])
  return texts.get('f') ?? (refused.map(({ why }) => why).join() || text)
}

describe('only the lines concerned', () => {
  it.each<[before: string, path: string, value: Value, after: string]>([
    // A value.
    ['a: allow   # c\n', 'a', 'block', 'a: block   # c\n'],
    ['a: "allow" # c\n', 'a', 'block', 'a: "block" # c\n'],
    ["a: 'x'\n", 'a', "it's", "a: 'it''s'\n"],
    ['a: x\n', 'a', 'true', "a: 'true'\n"],
    ['a: x\nb: "y"\n', 'a', '12', 'a: "12"\nb: "y"\n'],
    ['a: x\n', 'a', 'off', 'a: off\n'],
    ['a: x\n', 'a', 'b: c', "a: 'b: c'\n"],
    ['a: x\n', 'a', 'one\ntwo\u202e', 'a: "one\\ntwo\\u202e"\n'],
    ['a: &b x # c\n', 'a', 'y', 'a: &b y # c\n'],
    ['a: # c\nb: 1\n', 'a', 'x', 'a: x # c\nb: 1\n'],
    ['a: x\n  y # c\n', 'a', 'z', 'a: z # c\n'],
    ['a: { b: allow, c: d } # c\n', 'a.b', 'block', 'a: { b: block, c: d } # c\n'],
    ['a: {b}\n', 'a.b', 'x', 'a: {b: x}\n'],
    ['a: | # c\n   x\n\n   y\nb: 1\n', 'a', 'p\nq\n', 'a: | # c\n   p\n   q\nb: 1\n'],
    ['a: >- # c\n  x\n  y\nb: 1\n', 'a', 'p', 'a: >- # c\n  p\nb: 1\n'],
    ['a: |+ # c\n  x\n\nb: 1\n', 'a', 7, 'a: 7 # c\nb: 1\n'],
    ['a: # c\n  # own\n  b: 1\n  c: 2 # d\n\ne: 1\n', 'a', 'off', 'a: off # c\n  # own\n\ne: 1\n'],
    ['a: { b: { c: 1 } }\n', 'a.b', { c: 2, d: [] }, 'a: { b: { c: 2, d: [] } }\n'],
    ['a: &x { b: 1 }\n', 'a.b', 2, 'a: &x { b: 2 }\n'],
    // A key.
    ['a:\n    b: 1 # c\n    # own\n\nd: 1\n', 'a.x', 'y', 'a:\n    b: 1 # c\n    x: y\n    # own\n\nd: 1\n'],
    ['a: 1', 'b', 'y', 'a: 1\nb: y'],
    ['a: 1\r\nb: 2\r\n', 'c', 3, 'a: 1\r\nb: 2\r\nc: 3\r\n'],
    ['a: |+\n  x\n\n', 'b', 1, 'a: |+\n  x\n\nb: 1\n'],
    ['a:\n  b: "x"\n  c: 1\n', 'a.d', 'z', 'a:\n  b: "x"\n  c: 1\n  d: "z"\n'],
    ['a: { b: 1 } # c\n', 'a.x', 'y,z', "a: { b: 1, x: 'y,z' } # c\n"],
    ['a: {"b":1,"c":2}\n', 'a.x', 3, 'a: {"b":1,"c":2,"x": 3}\n'],
    ['a: {}\n', 'a.x', 'y', 'a: { x: y }\n'],
    ['a: {\n  b: 1, # c\n  d: 2 # e\n}\n', 'a.x', 3, 'a: {\n  b: 1, # c\n  d: 2, # e\n  x: 3\n}\n'],
    ['a: {\n  b: 1, # c\n}\n', 'a.x', 3, 'a: {\n  b: 1, # c\n  x: 3,\n}\n'],
    ['a:\n   b:\n      c: 1\n', 'x.y', 2, 'a:\n   b:\n      c: 1\nx:\n   y: 2\n'],
    ['a: 1\n---\nkind: x\n', 'b.c', ['x', 1], 'a: 1\nb:\n  c: [x, 1]\n---\nkind: x\n'],
    ['a:\n- 1\n', 'b', [2, 3], 'a:\n- 1\nb:\n- 2\n- 3\n'],
    ['a: 1 # c\n# own\nb: 2 # d\n', 'a', undefined, '# own\nb: 2 # d\n'],
    ['a: 1\nb:\n  # in\n  c: 2', 'b', undefined, 'a: 1'],
    ['a: # c\n  b: 1 # d\n', 'a.b', undefined, 'a: {} # c\n'],
    ['a: { b: 1, c: 2, d: 3 }\n', 'a.b', undefined, 'a: { c: 2, d: 3 }\n'],
    ['a: { b: 1, c: 2, d: 3 }\n', 'a.d', undefined, 'a: { b: 1, c: 2 }\n'],
    ['a: { b: 1 }\n', 'a.b', undefined, 'a: {}\n'],
    ['a: {\n  b: 1, # c\n  d: 2 # e\n}\n', 'a.d', undefined, 'a: {\n  b: 1, # c\n}\n'],
    // A list.
    ['a: &x 1\nb: [*x, 2]\n', 'b', [1, 3], 'a: &x 1\nb: [*x, 3]\n'],
    ['a: [x, y] # c\n', 'a', ['y', 'z'], 'a: [y, z] # c\n'],
    ['a: [ x,y ]\n', 'a', ['z', 'x'], 'a: [ x,z ]\n'],
    ["a: ['x', 'y']\n", 'a', ['x', 'z'], "a: ['x', 'z']\n"],
    ['a: [] # c\n', 'a', ['x'], 'a: [x] # c\n'],
    ['a: # c\n  - x # x\n  # own\n  -  y # y\n\n', 'a', ['z', 'y'], 'a: # c\n  # own\n  -  y # y\n  -  z\n\n'],
    ['a: # c\n- x\n- y', 'a', ['x'], 'a: # c\n- x'],
    ['a: # c\n- x\n- y', 'a', [], 'a: [] # c'],
    ['a:\n  - { b: 1 } # x\n  - y\n', 'a', ['y', { b: 2 }], 'a:\n  - y\n  - { b: 2 }\n'],
    ['a: [\n  x, # x\n  y # y\n]\n', 'a', ['y', 'z'], 'a: [\n  y, # y\n  z\n]\n'],
    ['a: [\n  1, 2,\n  3, 4\n]\n', 'a', [2, 5], 'a: [\n  2,\n  5\n]\n'],
    ['a: [\n  x,\n  y ]\n', 'a', ['x', 'y', 'z'], 'a: [\n  x,\n  y,\n  z ]\n'],
    ['a: [x, y]\n', 'a', ['y', 'x'], 'a: [x, y]\n'],
    ['ranges: ["2001:DB8::/48", 10.0.0.0/8]\n', 'ranges', ['2001:db8::/48'], 'ranges: ["2001:DB8::/48"]\n'],
  ])('%j with %s set to %j', (before, path, value, after) =>
    expect(editOne(head + before, path, value)).toBe(head + after),
  )
})

describe('what would change another place', () => {
  it.each<[text: string, path: string, value: Value, why: string]>([
    ['a: &x 1\nb: *x\n', 'a', 2, 'anchor &x'],
    ['a: &x 1\nb: *x\n', 'a', undefined, 'anchor &x'],
    ['a: &x { b: 1 }\nc: *x\n', 'a.b', 2, 'anchor &x'],
    ['a: &x { b: 1 }\nc: *x\n', 'a.d', 2, 'anchor &x'],
    ['a: [&x 1, 2]\nc: *x\n', 'a', [2], 'anchor &x'],
    ['a: { b: &x 1, c: 2 }\nc: *x\n', 'a', 'off', 'anchor &x'],
    ['a: &x 1\nb: *x\n', 'b', 2, 'alias *x'],
    ['a: &x { b: 1 }\nc: *x\n', 'c.b', 2, 'alias *x'],
    ['a: &x { b: 1 }\nc: { <<: *x, d: 1 }\n', 'c.d', 2, 'merge key'],
    ['? a\n: 1\n', 'a', 2, 'question mark'],
    ['a: 1\n', 'a.b', 2, 'no mapping'],
    ['a: 1\na: 2\n', 'a', 3, 'something else is wrong'],
    [`---\n${head}`, 'a', 1, 'more than one document'],
    ['a: !\n', 'a', 1, 'does not allow'],
  ])('%j with %s set to %j is left', (text, path, value, why) =>
    expect(editOne(head + text, path, value)).toContain(why),
  )

  it('an unknown document, or one as a whole, is left; other edits are made', () => {
    const unknown = { address: { kind: 'IpAllowlist', name: 'd1' }, path: ['a'], value: 1 }
    const whole = { address, path: [], value: {} }
    const edits = [unknown, whole, { address, path: ['a'], value: 1 }]
    const { texts, refused } = editDocuments(new Map([['f', head]]), edits)
    expect(refused.map(({ edit }) => edit)).toEqual([unknown, whole])
    expect([...texts]).toEqual([['f', `${head}a: 1\n`]])
  })
})

const words =
  "off 8h 2026-11-24 jo@acme.com 2001:db8::/48 it's [x *x &x !x ~ true 12 0x1F 1e3 x: %x @x {} ? --- << é \u202e"
const scalars = fc.constantFrom<Json[]>(
  ...[...words.split(' '), 'say "x"', 'a: b', 'a #b', 'a, b', '- x', '', ' x', 'x\ny', true, false, 0, 12, -1.5],
)
const keys = fc.constantFrom('a', 'b', 'c', 'apiTokens', 'true', '1', '<', 'x y', '')
const { value: values } = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    scalars,
    fc.array(fc.oneof({ weight: 5, arbitrary: scalars }, { weight: 1, arbitrary: tie('value') }), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}))

/** A line, and the members that it is a part of; a comment with a line of its own is a part of what is around it. */
interface Line {
  readonly text: string
  readonly path: readonly string[]
  readonly comment?: true
}

const isPlain = (text: string): boolean => JSON.stringify(read(`[${text},${text}]`)) === JSON.stringify([[text, text]])

/** The lines of a document in styles that are picked for each part of it. */
function written(document: JsonObject, pick: (below: number) => number): readonly Line[] {
  const [step, dashStep] = [2 + pick(3), pick(2)]
  let comments = 0
  const atEnd = (): string => (pick(2) === 0 ? '' : `${' '.repeat(1 + pick(3))}# c${++comments}`)
  const ownLines = (pad: string, path: readonly string[]): readonly Line[] =>
    pick(5) > 0 ? [] : ['', `${pad}# own ${++comments}`].map(text => ({ text, path, comment: true }))
  const quoted = (text: string): string =>
    pick(2) === 0 && !/[\n\u202e]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text)
  const scalar = (value: Json): string =>
    typeof value !== 'string' ? JSON.stringify(value) : pick(3) > 0 && isPlain(value) ? value : quoted(value)
  function flow(value: Json, indent: number): string {
    if (typeof value !== 'object' || value === null) return scalar(value)
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
    const inside = Object.entries(value).map(
      ([key, inner]: [string, Json]) => (open === '[' ? '' : `${scalar(key)}: `) + flow(inner, indent + step),
    )
    if (inside.length === 0 || pick(3) > 0)
      return pick(2) ? `${open}${inside.join(', ')}${close}` : `${open} ${inside.join(', ')} ${close}`
    const lines = inside.map(
      (text, at) => `${' '.repeat(indent + step)}${text}${at < inside.length - 1 || pick(2) ? ',' : ''}${atEnd()}`,
    )
    return [open, ...lines, ' '.repeat(indent) + close].join('\n')
  }
  const lines = (text: string, path: readonly string[]): readonly Line[] =>
    text.split('\n').map(text => ({ text, path }))
  function block(value: Json, indent: number, path: readonly string[]): readonly Line[] {
    const pad = ' '.repeat(indent)
    if (!isObject(value))
      return (value as readonly Json[]).flatMap(item => [
        ...ownLines(pad, path),
        ...lines(`${pad}- ${flow(item, indent + 2)}${atEnd()}`, path),
      ])
    return Object.entries(value).flatMap(([key, inner]) => {
      const [there, head] = [[...path, key], `${pad}${scalar(key)}:`]
      const inBlock = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && pick(2) === 0
      const deeper = indent + (Array.isArray(inner) ? dashStep * step : step)
      const member = inBlock
        ? [...lines(head + atEnd(), there), ...block(inner, deeper, there)]
        : lines(`${head} ${flow(inner, indent)}${atEnd()}`, there)
      return [...ownLines(pad, path), ...member]
    })
  }
  return block(document, 0, [])
}

const cases = fc
  .record({
    bodies: fc.array(fc.dictionary(keys, values, { maxKeys: 4 }), { minLength: 1, maxLength: 3 }),
    picks: fc.array(fc.nat(59), { minLength: 47, maxLength: 47 }),
    into: fc.nat(2),
    steps: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
    added: fc.option(keys, { freq: 2 }),
    value: fc.option(values, { nil: undefined }),
  })
  .map(({ bodies, picks, into, steps, added, value }) => {
    let picked = 0
    const pick = (below: number): number => (picks[picked++ % picks.length] ?? 0) % below
    const number = into % bodies.length
    const documents = bodies.map((body, index) => written({ kind: address.kind, name: `d${index}`, ...body }, pick))
    const lines = documents.flatMap((document, index) => [
      ...(index === 0 ? [] : [{ text: '---', path: [], index: -1 }]),
      ...document.map(line => ({ ...line, index })),
    ])
    const [lineBreak = '', mark, end] = [['\n', '\r\n'][pick(2)], ['', '\ufeff'][pick(2)], pick(2)]
    const text = `${mark}${lines.map(({ text }) => text).join(lineBreak)}${end === 0 ? '' : lineBreak}`
    const path = steps.reduce<readonly string[]>((path, step) => {
      const names = Object.keys(valueAt(bodies[number], path) ?? {})
      return isObject(valueAt(bodies[number], path)) && names.length > 0
        ? [...path, names[step % names.length] ?? '']
        : path
    }, [])
    const whole = added === null && path.length > 0 ? path : [...path, added ?? 'new']
    return { text, lines, number, lineBreak, edit: { address: { ...address, name: `d${number}` }, path: whole, value } }
  })

/** What a document becomes; undefined where the path leads through no mapping. */
function expected(before: Json, path: readonly string[], value: Value): JsonObject | undefined {
  const [key = '', ...rest] = path
  if (!isObject(before)) return undefined
  const inside = before[key]
  if (value === undefined && (inside === undefined || rest.length === 0))
    return Object.fromEntries(Object.entries(before).filter(([name]) => name !== key))
  const after = rest.length > 0 ? expected(inside ?? {}, rest, value) : merged(inside, value ?? null)
  return after === undefined ? undefined : { ...before, [key]: after }
}

function merged(before: Value, after: Json): Json {
  if (isObject(before) && isObject(after)) {
    const keys = Object.keys({ ...before, ...after }).filter(key => Object.hasOwn(after, key))
    return Object.fromEntries(keys.map(key => [key, merged(before[key], after[key] ?? null)]))
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return after
  const left = after.map(item => JSON.stringify(item))
  const found = (item: string): boolean => left.includes(item) && left.splice(left.indexOf(item), 1).length > 0
  const kept = before.map(item => JSON.stringify(item)).filter(found)
  return [...kept, ...left].map(item => JSON.parse(item) as Json)
}

/** A text with a unified diff applied to it. */
function patched(before: string, diff: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const rows = diff.slice(Math.max(0, diff.indexOf('@@'))).matchAll(/([-+ @])([^\n]*\n)(\\ No newline[^\n]*\n)?/g)
  let [after, at] = ['', 0]
  for (const [, sign, row = '', unended] of rows) {
    const [, first = 0, length] = /^@ -(\d+)(?:,(\d+))?/.exec(row) ?? []
    const start = sign === '@' ? Number(first) - (length === '0' ? 0 : 1) : at
    after += lines.slice(at, start).join('')
    at = start
    const text = unended === undefined ? row : row.slice(0, -1)
    if (sign === '-' || sign === ' ') expect(lines[at++]).toBe(text)
    if (sign === '+' || sign === ' ') after += text
  }
  return after + lines.slice(at).join('')
}

const valueAt = (value: Value, path: readonly string[]): Value =>
  path.reduce<Value>((inside, key) => (isObject(inside) ? inside[key] : undefined), value)

const isScalar = (value: Value): boolean => value !== undefined && typeof value !== 'object'
const isWithin = (path: readonly string[], outer: readonly string[]): boolean =>
  outer.every((key, at) => path[at] === key)

describe('whatever the text and the edit', () => {
  it('the documents read as before with that edit, and lines that it does not concern are the same', () => {
    let changed = 0
    const property = fc.property(cases, ({ text, lines, number, lineBreak, edit }) => {
      const before = read(text) ?? []
      const wanted = expected(before[number] ?? null, edit.path, edit.value)
      const { texts, refused } = editDocuments(new Map([['f', text]]), [edit])
      expect(refused.map(({ why }) => why)).toEqual(wanted === undefined ? [expect.any(String)] : [])
      const [after, there] = [texts.get('f') ?? text, valueAt(before[number], edit.path)]
      // As text: the order of keys counts as well.
      expect(JSON.stringify(read(after))).toBe(JSON.stringify(before.with(number, wanted ?? before[number] ?? null)))
      expect(patched(text, unifiedDiff(text, after, 'f'))).toBe(after)
      const editAgain = (text: string, value: Value) =>
        editDocuments(new Map([['f', text]]), [{ ...edit, value }]).texts
      if (wanted !== undefined) expect([...editAgain(after, edit.value), ...editAgain(text, there)]).toEqual([])
      const comments = (text: string) => text.match(/# (?:c|own )\d+/g)
      if ([there, edit.value].every(isScalar)) expect(comments(after)).toEqual(comments(text))
      const grows = [there, edit.value].every(value => Array.isArray(value) && value.length > 0)
      if (after !== text) changed++
      const rest = after.replace('\ufeff', '').split(lineBreak)
      expect([after.startsWith('\ufeff'), /[\r\n]/.test(rest.join())]).toEqual([text.startsWith('\ufeff'), false])
      for (const { text, path, index, comment } of lines) {
        const inside = isWithin(path, edit.path) && !(comment && grows)
        if (index === number && (inside || (!comment && isWithin(edit.path, path)))) continue
        const at = rest.indexOf(text)
        expect(at, text).not.toBe(-1)
        rest.splice(0, at + 1)
      }
    })
    fc.assert(property, { numRuns: full ? 1000 : 250 })
    expect(changed).toBeGreaterThan(full ? 500 : 125)
  })

  it('a diff names the file and shows three lines around', () => {
    const shown = '@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n\\ No newline at end of file\n'
    expect(unifiedDiff('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\nx\n6', 'f')).toBe(`--- a/f\n+++ b/f\n${shown}`)
  })
})
