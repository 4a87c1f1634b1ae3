import { isObject, type Json } from '../model/json.ts'
import type { JournalEntry } from '../model/journal.ts'

const isText = (value: Json | undefined): boolean => typeof value === 'string'

const isRequest = (entry: Readonly<Record<string, Json>>): boolean =>
  isText(entry['step']) && Number.isInteger(entry['request'])

const shapes: Readonly<Record<JournalEntry['type'], (entry: Readonly<Record<string, Json>>) => boolean>> = {
  begin: entry => isText(entry['run']) && isText(entry['by']) && isObject(entry['plan']),
  sending: isRequest,
  accepted: isRequest,
  refused: entry =>
    isRequest(entry) && isText(entry['code']) && (entry['carriedOut'] === 'no' || entry['carriedOut'] === 'maybe'),
  step: ({ result }) => isObject(result) && isText(result['id']) && isText(result['status']),
  end: () => true,
}

/** Whether a line of a journal is what it must be: what stands in it decides which requests are sent again. */
export function isJournalEntry(value: unknown): value is JournalEntry {
  if (!isObject(value) || !isText(value['at']) || typeof value['type'] !== 'string') return false
  const type = value['type']
  return Object.hasOwn(shapes, type) && shapes[type as JournalEntry['type']](value)
}
