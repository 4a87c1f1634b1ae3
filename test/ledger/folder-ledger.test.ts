import { chmod, link, mkdir, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import type { SectionName } from '../../src/ledger/contract.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { thisProcess } from '../../src/ledger/process-identity.ts'
import { temporaryFolder } from '../operations/start.ts'
import { ledgerContract } from './contract.ts'
import { codeOf, entries, full, problemOf } from './full-ledger.ts'

ledgerContract('a folder', async () => {
  const folder = join(await temporaryFolder(), 'deep', '.postern')
  return {
    open: format => folderLedger(folder, format),
    readText: section => readFile(join(folder, `${section}.json`), 'utf8'),
    writeText: async (section, text) => {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, `${section}.json`), text)
    },
    wait: () => 20 + 280 * Math.random(),
  }
})

/** A ledger whose folder is not there yet. */
const fresh = async () => folderLedger(join(await temporaryFolder(), 'l'))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

/** Everything under a folder. */
const namesIn = async (folder: string) => (await readdir(folder, { recursive: true })).sort()

describe('the files of a ledger', () => {
  it('are readable by their owner only, also where they were there before', async () => {
    const ledger = await fresh()
    await ledger.update('organization', () => full.organization)
    await chmod(join(ledger.place, 'organization.json'), 0o644)
    await ledger.update('organization', () => full.organization)
    await ledger.journal.append('r', entries)
    await ledger.records.write('run', 'r', '{}')
    await ledger.records.write('recovery-card', 'r', '')
    const names = await namesIn(ledger.place)
    expect(names).toEqual([
      'journal',
      'journal/r.jsonl',
      'organization.json',
      'previous',
      'previous/organization.json',
      'recovery',
      'recovery/r.md',
      'runs',
      'runs/r.json',
    ])
    expect(await modeOf(ledger.place)).toBe(0o700)
    for (const name of names)
      expect([name, await modeOf(join(ledger.place, name))]).toEqual([name, name.includes('.') ? 0o600 : 0o700])
  })

  it.each<readonly [SectionName, string]>([
    ['organization', '{"name":"acme"}'],
    ['evidence', '{"facts":[null,5]}'],
    [
      'evidence',
      '{"facts":[{"address":{"kind":"K","name":"n"},"path":"p","value":1,"from":"rumour","at":"2026-11-24"}]}',
    ],
    ['evidence', '{"facts":[{"address":{"kind":"K","name":"n"},"path":"p","value":1,"from":"export","at":5}]}'],
    ['exports', '{"members":{"at":"2026-11-24","policies":{"P":"a@acme.com"}}}'],
    ['bindings', '{"policies":{"P":1}}'],
    ['last-applied', '{"run":"r","at":"a","digest":"d","documents":{},"policyOf":[]}'],
    ['lock', '{}'],
    ['lock', '{"holder":{"run":"r"}}'],
    ['lock', '{"holder":{"run":"r","command":"apply","owner":"o","host":"h","pid":"1","at":"a"}}'],
    ['runs', '{"open":1}'],
    ['runs', '{"head":{"run":"r"}}'],
    ['approvals', '{"approvals":[]}'],
    ['approvals', '{"approvals":[{"digest":"d"}],"codes":{}}'],
    ['approvals', '{"approvals":[],"codes":{"alice":{"wrong":-1}}}'],
    ['approvals', '{"approvals":[],"codes":{"alice":{"wrong":0,"lastStep":"1"}}}'],
  ])('refuses a %s that does not hold what it must: %s', async (section, content) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, `${section}.json`), `{"formatVersion":"1.1","content":${content}}`)
    expect(await codeOf(folderLedger(folder).read(section))).toBe('ledger/garbled')
  })
})

describe('a damaged section', () => {
  it('is offered as it was, with the command that brings it back', async () => {
    const folder = join(await temporaryFolder(), "a folder, alice's")
    const ledger = folderLedger(folder)
    await ledger.update('bindings', () => ({ policies: { good: '1' } }))
    const written = new Date('2026-11-24T08:00:00.000Z')
    await utimes(join(folder, 'bindings.json'), written, written)
    await ledger.update('bindings', () => ({ policies: { later: '2' } }))
    await writeFile(join(folder, 'bindings.json'), '{"formatVersion":"1.1","cont')
    const problem = await problemOf(ledger.update('bindings', () => full.bindings))
    expect(problem).toMatchObject({ code: 'ledger/garbled', facts: { kept: { at: written.toISOString() } } })
    const { hint = '' } = problem === undefined ? {} : wordsOf(problem)
    const [, command = ''] = /^`(cp .*)` brings that back/.exec(hint) ?? []
    execFileSync('sh', ['-c', command])
    expect(await ledger.read('bindings')).toEqual({ policies: { good: '1' } })
  })

  it.each([
    ['there is none', undefined],
    ['that is damaged, too', '{"formatVersion":"1.1","content":{}}'],
  ])('is not offered as it was where %s', async (_, previous) => {
    const ledger = await fresh()
    await ledger.update('bindings', () => full.bindings)
    await writeFile(join(ledger.place, 'bindings.json'), '')
    if (previous !== undefined) {
      await mkdir(join(ledger.place, 'previous'))
      await writeFile(join(ledger.place, 'previous', 'bindings.json'), previous)
    }
    const problem = await problemOf(ledger.read('bindings'))
    expect(problem?.facts).toEqual({ file: join(ledger.place, 'bindings.json'), why: 'it is empty' })
  })

  it('keeps what was good when an update was cut off after it was put aside', async () => {
    const ledger = await fresh()
    await ledger.update('bindings', () => ({ policies: { a: '1' } }))
    // As a crash leaves it: both names belong to one file.
    await mkdir(join(ledger.place, 'previous'))
    await link(join(ledger.place, 'bindings.json'), join(ledger.place, 'previous', 'bindings.json'))
    await ledger.update('bindings', () => ({ policies: { b: '2' } }))
    expect(JSON.parse(await readFile(join(ledger.place, 'previous', 'bindings.json'), 'utf8'))).toMatchObject({
      content: { policies: { a: '1' } },
    })
    expect(await namesIn(join(ledger.place, 'previous'))).toEqual(['bindings.json'])
  })
})

describe('a journal in a folder', () => {
  const withJournal = async (text: string) => {
    const ledger = await fresh()
    await mkdir(join(ledger.place, 'journal'), { recursive: true })
    await writeFile(join(ledger.place, 'journal', 'r.jsonl'), text)
    return ledger
  }
  const text = ['{"formatVersion":"1.1"}', ...entries.map(entry => JSON.stringify(entry)), ''].join('\n')
  const added = { type: 'end', at: 'later' } as const

  it('leaves out and repairs an end that a crash cut off, at every byte of it', async () => {
    const bytes = Buffer.from(text)
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      const ledger = await withJournal('')
      await writeFile(join(ledger.place, 'journal', 'r.jsonl'), bytes.subarray(0, cut))
      const whole = Math.max(0, bytes.subarray(0, cut).toString().split('\n').length - 2)
      expect(await ledger.journal.read('r')).toEqual(entries.slice(0, whole))
      await ledger.journal.append('r', [added])
      expect(await ledger.journal.read('r')).toEqual([...entries.slice(0, whole), added])
    }
  })

  it('repairs an end that is longer than what is read at a time', async () => {
    const ledger = await withJournal(`${text}{"type":"begin","plan":"${'x'.repeat(200_000)}`)
    await ledger.journal.append('r', [added])
    expect(await ledger.journal.read('r')).toEqual([...entries, added])
  })

  it.each([
    ['a garbled line', `{"formatVersion":"1.1"}\n{"type":"en\n${JSON.stringify(added)}\n`, 'ledger/garbled'],
    ['an empty line', `{"formatVersion":"1.1"}\n\n${JSON.stringify(added)}\n`, 'ledger/garbled'],
    ['a garbled last line that has its end', '{"formatVersion":"1.1"}\n{"type":"en\n', 'ledger/garbled'],
    ['an entry of no known type', '{"formatVersion":"1.1"}\n{"type":"x","at":"a"}\n', 'ledger/garbled'],
    ['an entry of an inherited name', '{"formatVersion":"1.1"}\n{"type":"toString","at":"a"}\n', 'ledger/garbled'],
    ['no format version', `${JSON.stringify(added)}\n`, 'ledger/garbled'],
    ['a newer format', '{"formatVersion":"2.0"}\n{"type":"x"}\n', 'ledger/newer'],
  ])('is refused with %s', async (_, content, code) => {
    expect(await codeOf((await withJournal(content)).journal.read('r'))).toBe(code)
  })
})

describe('a folder that cannot be used', () => {
  const problems = async (folder: string) => {
    const ledger = folderLedger(folder)
    return [
      await codeOf(ledger.update('bindings', () => full.bindings)),
      await codeOf(ledger.journal.append('r', entries)),
      await codeOf(ledger.records.write('run', 'r', '{}')),
    ]
  }
  const unwritable = ['ledger/unwritable', 'ledger/unwritable', 'ledger/unwritable']

  it('is said to be a file', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'l'), '')
    expect(await problems(join(folder, 'l'))).toEqual(unwritable)
    expect(await problemOf(folderLedger(join(folder, 'l')).read('lock'))).toMatchObject({
      code: 'ledger/unreadable',
      facts: { why: 'a part of its path is no folder' },
    })
  })

  it('is said to lead nowhere', async () => {
    const folder = await temporaryFolder()
    await symlink(join(folder, 'nowhere', 'at', 'all'), join(folder, 'l'))
    expect(await problems(join(folder, 'l'))).toEqual(unwritable)
  })

  it('is said to hold a folder where a file should be', async () => {
    const folder = await temporaryFolder()
    for (const name of ['bindings.json', 'journal/r.jsonl', 'runs/r.json'])
      await mkdir(join(folder, name), { recursive: true })
    expect(await codeOf(folderLedger(folder).read('bindings'))).toBe('ledger/unreadable')
    expect(await problems(folder)).toEqual(['ledger/unreadable', 'ledger/unwritable', 'ledger/unwritable'])
    expect(await namesIn(folder)).toEqual(['bindings.json', 'journal', 'journal/r.jsonl', 'runs', 'runs/r.json'])
  })

  it.skipIf(process.getuid?.() === 0)('is said to be closed to writing, and is still read', async () => {
    const folder = await temporaryFolder()
    await folderLedger(folder).update('bindings', () => full.bindings)
    await chmod(folder, 0o500)
    expect(await problems(folder)).toEqual(unwritable)
    expect(await folderLedger(folder).read('bindings')).toEqual(full.bindings)
    await chmod(folder, 0o700)
  })
})

describe('the lock of a file', () => {
  const lockOf = async (identity: string, age = 0) => {
    const ledger = await fresh()
    const lock = join(ledger.place, 'bindings.json.lock')
    await mkdir(lock, { recursive: true })
    await writeFile(join(lock, 'x.json'), identity)
    await writeFile(join(lock, 'x.next'), '{"formatVersion":"1.1","content":{"pol')
    const then = new Date(Date.now() - age)
    await utimes(join(lock, 'x.json'), then, then)
    return ledger
  }
  const update = async (ledger: ReturnType<typeof folderLedger>) => {
    await ledger.update('bindings', () => full.bindings)
    expect(await ledger.read('bindings')).toEqual(full.bindings)
    expect(await namesIn(ledger.place)).toEqual(['bindings.json'])
  }

  it('is broken at once where its holder ran here and is gone', async () => {
    await update(await lockOf(JSON.stringify({ ...thisProcess(), pid: 2 ** 22 + 1 })))
  })

  it('is broken when it is old, where nobody can tell', async () => {
    await update(await lockOf(JSON.stringify({ host: 'elsewhere', pid: 1 }), 31_000))
    await update(await lockOf('', 31_000))
  })

  it.each([
    ['lives', JSON.stringify(thisProcess())],
    ['ran elsewhere', JSON.stringify({ host: 'elsewhere', pid: 2 ** 22 + 1 })],
    ['is not known', ''],
  ])('is waited for where its holder %s', async (_, identity) => {
    const ledger = await lockOf(identity)
    const updating = ledger.update('bindings', () => full.bindings)
    const first = await Promise.race([
      updating.then(() => 'done'),
      new Promise(resolve => setTimeout(() => resolve('waiting'), 150)),
    ])
    expect(first).toBe('waiting')
    for (const name of ['x.next', 'x.json']) await rm(join(ledger.place, 'bindings.json.lock', name))
    await updating
    expect(await namesIn(ledger.place)).toEqual(['bindings.json'])
  })

  it('once lost to others changes nothing: the work is done anew', async () => {
    const ledger = await fresh()
    await ledger.update('bindings', () => ({ policies: { a: '1' } }))
    const seen: unknown[] = []
    await ledger.update('bindings', before => {
      seen.push(before)
      if (seen.length === 1) breakLocks(ledger.place)
      return { policies: { ...before?.policies, b: '2' } }
    })
    expect(seen).toEqual([{ policies: { a: '1' } }, { policies: { a: '1', c: '3' } }])
    expect(await ledger.read('bindings')).toEqual({ policies: { a: '1', b: '2', c: '3' } })
  })
})

/** What another process does that takes the holder for dead: it removes its files, and writes itself. */
function breakLocks(folder: string): void {
  execFileSync(
    'sh',
    [
      '-c',
      `rm -r bindings.json.lock && printf '%s' "$0" > bindings.json`,
      '{"formatVersion":"1.1","content":{"policies":{"a":"1","c":"3"}}}',
    ],
    {
      cwd: folder,
    },
  )
}
