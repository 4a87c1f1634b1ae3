/** Longer lists and objects are written so many members at a time. */
const most = 500

/** Pieces are put together until they are worth a write of their own. */
const worthwhile = 1 << 20

/**
 * A plain JSON value as `JSON.stringify(value, null, 2)` writes it, and a line feed, in pieces of about a megabyte. The plan of half a million accounts is 70 MB of text, which as one text would be held
 * twice while it is written.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  let text = ''
  for (const piece of piecesOf(value, '', 5)) {
    text += piece
    if (text.length < worthwhile) continue
    yield text
    text = ''
  }
  yield `${text}\n`
}

function* piecesOf(value: unknown, indent: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) yield whole(value, indent)
  else if (Array.isArray(value)) yield* listOf(value as readonly unknown[], indent, depth)
  else yield* membersOf(value as Readonly<Record<string, unknown>>, indent, depth)
}

function* listOf(list: readonly unknown[], indent: string, depth: number): Generator<string> {
  const inner = `${indent}  `
  if (list.length === 0) {
    yield '[]'
    return
  }
  if (list.length > most) {
    for (let start = 0; start < list.length; start += most)
      yield `${start === 0 ? '[' : ','}${inside(list.slice(start, start + most), indent)}`
  } else {
    for (const [index, item] of list.entries()) {
      yield `${index === 0 ? '[' : ','}\n${inner}`
      yield* piecesOf(item ?? null, inner, depth - 1)
    }
  }
  yield `\n${indent}]`
}

function* membersOf(members: Readonly<Record<string, unknown>>, indent: string, depth: number): Generator<string> {
  const inner = `${indent}  `
  const names = Object.keys(members).filter(name => members[name] !== undefined)
  if (names.length === 0) {
    yield '{}'
    return
  }
  if (names.length > most) {
    for (let start = 0; start < names.length; start += most) {
      const part = Object.fromEntries(names.slice(start, start + most).map(name => [name, members[name]] as const))
      yield `${start === 0 ? '{' : ','}${inside(part, indent)}`
    }
  } else {
    for (const [index, name] of names.entries()) {
      yield `${index === 0 ? '{' : ','}\n${inner}${JSON.stringify(name)}: `
      yield* piecesOf(members[name], inner, depth - 1)
    }
  }
  yield `\n${indent}}`
}

/** Texts in JSON hold no line feeds: each one there is begins a line. */
const whole = (value: unknown, indent: string): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)

/** What stands between the brackets. */
const inside = (value: object, indent: string): string => whole(value, indent).slice(1, -(indent.length + 2))
