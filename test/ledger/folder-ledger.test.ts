import { chmod, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Sections, SectionName } from '../../src/ledger/contract.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { temporaryFolder } from '../operations/start.ts'

const at = '2026-11-24T08:00:00.000Z'

const full: Sections = {
  organization: { id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme “ünï”' },
  evidence: {
    facts: [
      {
        address: { kind: 'ExternalUserPolicy', name: 'test' },
        path: 'testUsers',
        value: ['a@x.example'],
        from: 'attestation',
        at,
        by: 'alice',
      },
    ],
  },
  exports: { members: { at, policies: { P: ['a@acme.com'] } } },
  bindings: { policies: { P: 'id' } },
  'last-applied': {
    run: 'r',
    at,
    digest: 'd',
    documents: { 'IpAllowlist/O': { kind: 'IpAllowlist' } },
    policyOf: { i: 'P' },
  },
  suspensions: { accounts: { i: { email: 'a@x.example', at, run: 'r' } } },
  declarations: { seen: { 'identityProviders/okta/enforcesMfa=true': at } },
  checks: {
    checks: [{ at, totals: { accounts: 1, managed: 1, external: 0 }, levels: { none: 1 } }],
    externals: ['i'],
  },
  drift: { lastCompleteAt: at, seen: ['i'] },
  audit: {
    through: at,
    events: [{ id: 'e', at, subject: { kind: 'IpAllowlist', what: 'settings' }, context: [] }],
  },
}

/** The code of the problem that a promise ends with. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof LedgerError) return error.diagnostic.code
    throw error
  }
  return 'none'
}

async function withFile(text: string) {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'bindings.json'), text)
  return folderLedger(folder)
}

describe('a ledger in a folder', () => {
  it('gives back what was written, and nothing where nothing was', async () => {
    const folder = join(await temporaryFolder(), 'deep', '.postern')
    const sections = Object.keys(full) as SectionName[]
    for (const section of sections) expect(await folderLedger(folder).read(section)).toBeUndefined()
    for (const section of sections) await folderLedger(folder).update(section, () => full[section] as never)
    for (const section of sections) expect(await folderLedger(folder).read(section)).toEqual(full[section])
  })

  it('hands the old content to the change', async () => {
    const ledger = folderLedger(join(await temporaryFolder(), 'l'))
    await ledger.update('bindings', before => ({ policies: { ...before?.policies, a: '1' } }))
    await ledger.update('bindings', before => ({ policies: { ...before?.policies, b: '2' } }))
    expect(await ledger.read('bindings')).toEqual({ policies: { a: '1', b: '2' } })
  })

  it('is readable by its owner only, also where the files were there before', async () => {
    const folder = join(await temporaryFolder(), 'l')
    const ledger = folderLedger(folder)
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777
    await ledger.update('organization', () => full.organization)
    expect([await modeOf(folder), await modeOf(join(folder, 'organization.json'))]).toEqual([0o700, 0o600])
    await chmod(join(folder, 'organization.json'), 0o644)
    await ledger.update('organization', () => full.organization)
    expect(await modeOf(join(folder, 'organization.json'))).toBe(0o600)
  })

  it('writes whole files: what cannot be written leaves what was there, and no leftovers', async () => {
    const folder = join(await temporaryFolder(), 'l')
    const ledger = folderLedger(folder)
    await ledger.update('organization', () => full.organization)
    const before = await readFile(join(folder, 'organization.json'), 'utf8')
    const failing = ledger.update('organization', () => {
      throw new Error('change failed')
    })
    await expect(failing).rejects.toThrow('change failed')
    // A file is never written in place: the folder holds it under its own name or not at all.
    expect([await readdir(folder), await readFile(join(folder, 'organization.json'), 'utf8')]).toEqual([
      ['organization.json'],
      before,
    ])
  })

  it('reads a format that only adds members', async () => {
    const ledger = await withFile('{"formatVersion":"1.7","content":{"policies":{"a":"1"},"more":[]},"extra":1}')
    expect(await ledger.read('bindings')).toMatchObject({ policies: { a: '1' } })
  })

  it.each([
    ['empty', '', 'ledger/garbled'],
    ['blank', ' \n', 'ledger/garbled'],
    ['cut off', '{"formatVersion":"1.0","content":{"pol', 'ledger/garbled'],
    ['no object', '[]', 'ledger/garbled'],
    ['null', 'null', 'ledger/garbled'],
    ['without a version', '{"content":{}}', 'ledger/garbled'],
    ['without content', '{"formatVersion":"1.0"}', 'ledger/garbled'],
    ['newer', '{"formatVersion":"2.0","content":{}}', 'ledger/newer'],
    ['much newer', '{"formatVersion":"10.0","content":{}}', 'ledger/newer'],
  ])('refuses a file that is %s, for reading and for writing', async (_, text, code) => {
    const ledger = await withFile(text)
    expect(await codeOf(ledger.read('bindings'))).toBe(code)
    expect(await codeOf(ledger.update('bindings', () => full.bindings))).toBe(code)
    expect(await readFile(join(ledger.place, 'bindings.json'), 'utf8')).toBe(text)
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
  ])('refuses a %s that does not hold what it must: %s', async (section, content) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, `${section}.json`), `{"formatVersion":"1.0","content":${content}}`)
    expect(await codeOf(folderLedger(folder).read(section))).toBe('ledger/garbled')
  })

  it('says that a folder stands where a file should', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'bindings.json'))
    expect(await codeOf(folderLedger(folder).read('bindings'))).toBe('ledger/unreadable')
  })

  it('says that a file stands where the folder should', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'l'), '')
    const ledger = folderLedger(join(folder, 'l'))
    expect(await codeOf(ledger.update('bindings', () => full.bindings))).toMatch(/^ledger\/un(readable|writable)$/)
  })

  it('says that its folder cannot be made', async () => {
    const folder = await temporaryFolder()
    await symlink(join(folder, 'nowhere', 'at', 'all'), join(folder, 'l'))
    const ledger = folderLedger(join(folder, 'l'))
    expect(await codeOf(ledger.update('bindings', () => full.bindings))).toBe('ledger/unwritable')
  })

  it.skipIf(process.getuid?.() === 0)('says that it cannot be written', async () => {
    const folder = await temporaryFolder()
    await chmod(folder, 0o500)
    expect(await codeOf(folderLedger(folder).update('bindings', () => full.bindings))).toBe('ledger/unwritable')
    await chmod(folder, 0o700)
  })
})
