import { isAbout, type SubjectEvent } from '../drift/attribute.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import type { LiveField } from '../model/evidence.ts'

/**
 * An edit of a policy in the audit log that is newer than what was seen of it makes that stale: the events do not say which setting was edited (ref 2.5), so none of them counts
 * any more. That there is no event proves nothing.
 */
export function staleByEvents<Seen extends Pick<Live, 'objects' | 'undeclared'>>(
  live: Seen,
  events: readonly SubjectEvent[],
): Seen {
  if (events.length === 0) return live
  const judged = (object: LiveObject): LiveObject => {
    const { kind, name } = object.address
    if (kind !== 'AuthenticationPolicy' && kind !== 'ExternalUserPolicy') return object
    const edit = events.findLast(event => isAbout(event, { kind, name, path: 'settings' }, object.id))
    if (edit === undefined) return object
    const by = edit.actor?.email ?? edit.actor?.name ?? edit.actor?.id
    const stale = (field: LiveField): LiveField =>
      field.state !== 'known' || field.evidence.from === 'api' || Date.parse(field.evidence.at) >= Date.parse(edit.at)
        ? field
        : {
            ...field,
            state: 'stale',
            because: { reason: 'changed', at: edit.at, eventId: edit.id, ...(by !== undefined && { by }) },
          }
    return {
      ...object,
      fields: Object.fromEntries(
        Object.entries(object.fields).map(([path, field]) => [path, path === 'name' ? field : stale(field)]),
      ),
    }
  }
  return { ...live, objects: live.objects.map(judged), undeclared: live.undeclared.map(judged) }
}
