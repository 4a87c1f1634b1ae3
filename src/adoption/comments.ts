import { shellWord } from '../model/shell-word.ts'
import { formatAddress, type Address } from '../model/address.ts'
import type { LiveField } from '../model/evidence.ts'

/** A setting without current evidence. */
export interface Missing {
  readonly path: string
  readonly label: string
  readonly by: 'export' | 'attestation'
  /** What was seen of it once, and why it does not count any more. */
  readonly field?: Extract<LiveField, { state: 'stale' }>
}

/** Columns of a comment line, without its sign. */
const columns = 98

/** The command that asks a person for the settings of an object. */
export const attestCommand = (address: Address): string => `postern attest ${shellWord(formatAddress(address))}`

/** What to say below a document about the settings that were not observed, and how to observe them. */
export function footOf(address: Address, missing: readonly Missing[]): readonly string[] {
  if (missing.length === 0) return []
  const ways = {
    export: ['Security → Authentication policies → Export members', 'postern import --export FILE --complete'],
    attestation: [attestCommand(address), 'postern import --complete'],
  }
  return [
    'Not observed yet, so left out and not managed:',
    ...(['export', 'attestation'] as const).flatMap(way => {
      const own = missing.filter(({ by }) => by === way).map(named)
      return own.length === 0 ? [] : [...wrapped(own, '  '), ...ways[way].map(step => `    ${step}`)]
    }),
  ]
}

const named = ({ path, field }: Missing): string => (field === undefined ? path : `${path} (${outdated(field)})`)

function outdated({ evidence, because }: Extract<LiveField, { state: 'stale' }>): string {
  const day = evidence.at.slice(0, 10)
  switch (because.reason) {
    case 'expired':
      return `last seen on ${day}, too long ago`
    case 'changed':
      return `seen on ${day}, and the policy was edited after that`
    case 'contradicted':
      return `seen on ${day}, and contradicted since: ${because.summary}`
  }
}

/** Items of a list in lines that are not too long. */
function wrapped(items: readonly string[], indent: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  items.forEach((item, index) => {
    const text = index < items.length - 1 ? `${item},` : item
    if (line !== '' && indent.length + line.length + 1 + text.length > columns) {
      lines.push(indent + line)
      line = text
    } else line = line === '' ? text : `${line} ${text}`
  })
  return [...lines, indent + line]
}
