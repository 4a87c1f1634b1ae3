import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'

/** The text of every policy file of a folder. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const
    }),
  )
  return new Map(texts.sort())
}

const isTop = (line: string): boolean => /^\w/.test(line)

/**
 * Rearranges a folder as people do: comments before every other member and behind some, members of documents in another order, the allowlists in one file, and the
 * authentication policies in a folder of another name.
 */
export async function rearrange(folder: string): Promise<void> {
  const lists: string[] = []
  let number = 0
  for (const [file, text] of await filesOf(folder)) {
    const kept = commented(reordered(text), () => (number += 1))
    if (file.startsWith('ip-allowlists/')) {
      lists.push(kept)
      await rm(join(folder, file))
      continue
    }
    await writeFile(join(folder, file), kept)
    if (!file.startsWith('authentication/')) continue
    const to = join(folder, file.replace('authentication/', 'access/of people/'))
    await mkdir(dirname(to), { recursive: true })
    await rename(join(folder, file), to)
  }
  if (lists.length > 0) await writeFile(join(folder, 'network.yml.yaml'), lists.join('---\n'))
}

/** The members of a document, each with the lines that belong to it, the last one before the first. */
function reordered(text: string): string {
  const lines = text.split('\n').slice(0, -1)
  const first = lines.findIndex(isTop)
  const foot = lines.findIndex((line, index) => index > first && line === '')
  const end = foot === -1 ? lines.length : foot
  const members: string[][] = []
  for (const line of lines.slice(first, end)) {
    if (isTop(line)) members.push([line])
    else members.at(-1)?.push(line)
  }
  return [...lines.slice(0, first), ...members.reverse().flat(), ...lines.slice(end)].map(line => `${line}\n`).join('')
}

const commented = (text: string, number: () => number): string =>
  text
    .split('\n')
    .flatMap((line, index) => {
      if (!isTop(line)) return [line]
      return index % 2 === 0
        ? [`# kept ${number()}`, line]
        : [/[#"'|>]/.test(line) ? line : `${line} # kept ${number()}`]
    })
    .join('\n')

/** Every comment that somebody wrote, with its file. */
export const commentsIn = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files]
    .flatMap(([file, text]) => [...text.matchAll(/# kept \d+/g)].map(([comment]) => `${file}: ${comment}`))
    .sort()

/** The file of every document, by what it is: policies by their ids, since their names may change. */
export const placesIn = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...files].flatMap(([file, text]) =>
      parseAllDocuments(text).flatMap(document => {
        const value = (document as { toJS(): unknown }).toJS() as { kind: string; name: string; id?: string } | null
        return value === null ? [] : [[`${value.kind}/${value.id ?? value.name}`, file] as const]
      }),
    ),
  )
