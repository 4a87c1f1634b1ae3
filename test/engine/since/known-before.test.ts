import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { knownBefore, type Noticed } from '../../../src/engine/since/known-before.ts'

/** Files as texts: a line that begins with `!` has the warning that its value is unused. */
function noticed(files: Readonly<Record<string, string>>): Noticed {
  const diagnostics = Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/^ *!(\w+)/gm)].map(({ index, 0: { length }, 1: list = '' }) =>
      diagnostic('policy/unused-account-list', { list }, { span: { file, start: index, end: index + length } }),
    ),
  )
  return { diagnostics, texts: new Map(Object.entries(files)) }
}

const known = (head: Readonly<Record<string, string>>, base: Readonly<Record<string, string>>) =>
  knownBefore(noticed(head), noticed(base))

describe('diagnostics that were there before', () => {
  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly number[]]>([
    ['the same file', { a: '!x\n' }, { a: '!x\n' }, [0]],
    ['lines above it', { a: 'new\nnew\n!x' }, { a: '!x' }, [0]],
    ['another depth', { a: '  !x # why' }, { a: '!x # why' }, [0]],
    ['another line of the same facts', { a: '!x # why' }, { a: '!x' }, []],
    ['other facts', { a: '!y' }, { a: '!x' }, []],
    ['a file that was renamed', { b: '!x' }, { a: '!x' }, [0]],
    ['a copy in another file', { a: '!x', b: '!x' }, { b: '!x' }, [1]],
    ['a copy in the same file', { a: '!x\n!x' }, { a: '!x' }, [0]],
    ['some of many', { a: '!x\n!y\n!z' }, { a: '!z\n!x' }, [0, 2]],
    ['nothing before', { a: '!x' }, {}, []],
  ])('%s', (_, head, base, expected) => expect(known(head, base)).toEqual(expected))

  it('are the same wherever they are nowhere', () => {
    const nowhere = (list: string) => ({
      diagnostics: [diagnostic('policy/unused-account-list', { list })],
      texts: new Map<string, string>(),
    })
    expect([knownBefore(nowhere('x'), nowhere('x')), knownBefore(nowhere('x'), nowhere('y'))]).toEqual([[0], []])
  })
})
