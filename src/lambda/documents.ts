import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject } from '../model/json.ts'
import type { Bucket } from './contract.ts'
import { currentKey, documentsKey } from './places.ts'

const mostBytes = 128 * 2 ** 20
const mostFiles = 20_000

/** The commit whose documents count: the one that was last given to apply. */
export async function currentCommit(bucket: Bucket, undone: string): Promise<Outcome<string>> {
  const read = await bucket.read(currentKey, undone)
  if (!read.ok) return read
  if (read.value === undefined) return failed(diagnostic('aws/no-documents', { object: currentKey }))
  const commit = commitIn(new TextDecoder().decode(read.value))
  return commit === undefined
    ? failed(diagnostic('aws/bad-documents', { object: currentKey, problem: 'it names no commit' }))
    : outcome(commit, [])
}

function commitIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const commit = isObject(value) ? value['commit'] : undefined
    return typeof commit === 'string' && /^[0-9a-f]{40}$/.test(commit) ? commit : undefined
  } catch {
    return undefined
  }
}

/** What a folder is given: which commit, and which folder of its documents. */
export interface Wanted {
  readonly commit: string
  readonly folder: string
  readonly undone: string
}

/** Unpacks the policy folder of a commit below `target`, and gives where it is then. Nothing else of the archive is unpacked. */
export async function unpackDocuments(
  bucket: Bucket,
  { commit, folder, undone }: Wanted,
  target: string,
): Promise<Outcome<string>> {
  const object = documentsKey(commit)
  const read = await bucket.read(object, undone)
  if (!read.ok) return read
  if (read.value === undefined) return failed(diagnostic('aws/no-documents', { object, commit }))
  const files = filesIn(read.value, folder)
  if (typeof files === 'string') return failed(diagnostic('aws/bad-documents', { object, problem: files }))
  for (const [name, bytes] of files) {
    const path = join(target, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
  return outcome(join(target, folder), [])
}

/** The files of a folder by their path, or why the archive cannot be used. */
function filesIn(archive: Uint8Array, folder: string): readonly (readonly [string, Uint8Array])[] | string {
  const within = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`
  let bytes = 0
  let count = 0
  let outside: string | undefined
  let entries: Readonly<Record<string, Uint8Array>>
  try {
    entries = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (!isPlain(name)) outside ??= name
        if (name.endsWith('/') || !name.startsWith(within)) return false
        bytes += originalSize
        return ++count <= mostFiles && bytes <= mostBytes && outside === undefined
      },
    })
  } catch {
    return 'it is no ZIP file, or it is damaged'
  }
  if (outside !== undefined) return `the name \`${outside.slice(0, 100)}\` leads out of the folder`
  if (count > mostFiles) return `it holds more than ${mostFiles} files`
  if (bytes > mostBytes) return `it holds more than ${mostBytes / 2 ** 20} MB`
  const files = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))
  return files.length === 0 ? `it holds no folder \`${folder}\`` : files
}

/** A name that stays below the folder it is unpacked in, on every system. */
const isPlain = (name: string): boolean =>
  !/[\\:\u0000-\u001f]/.test(name) &&
  !name.startsWith('/') &&
  name
    .replace(/\/$/, '')
    .split('/')
    .every(part => !['', '.', '..'].includes(part))
