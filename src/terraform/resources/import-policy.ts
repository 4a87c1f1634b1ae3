import { documentText } from '../../blocks/document-text.ts'
import { resourceTypeOf, resourceValues } from '../../blocks/document-values.ts'
import type { LiveField } from '../../model/evidence.ts'
import { textOf, type JsonObject } from '../../model/json.ts'
import { directoryOf } from '../../operations/resources/directory-of.ts'
import { sight } from '../../operations/resources/sight.ts'
import type { Configured } from '../configured.ts'
import { error, problemsOf, warning } from '../problems.ts'
import { notImported, type ResourceHandler } from './handler.ts'
import { knownSpec } from './observed-spec.ts'
import type { PolicyKind } from './policy-resource.ts'
import { suspendedBy } from './suspended.ts'

type Imported = ReturnType<ResourceHandler['import']>

/** Finds a policy by its id or its name, with every setting that current evidence shows. */
export async function importPolicy(kind: PolicyKind, wanted: string, configured: Configured): Imported {
  const { view, organization } = configured
  const expiresAfter = organization.spec.evidence?.expiresAfter
  const seen = await sight(view, expiresAfter === undefined ? {} : { expiresAfter })
  if (!seen.ok) return { problems: problemsOf(seen.diagnostics), imported: [] }
  const sighting = seen.value
  if (kind === 'ExternalUserPolicy') {
    const found = sighting.external.find(({ name }) => name === wanted)
    if (found === undefined)
      return notImported(
        error(
          `no ExternalUserPolicy “${wanted}”`,
          'Atlassian has exactly two, `external` and `test`, and only with Atlassian Guard Standard.',
        ),
      )
    return stateOf(kind, { kind, name: found.name }, found.name, found.fields, configured)
  }
  const found = sighting.policies.filter(
    ({ id, name }) => id.toLowerCase() === wanted.toLowerCase() || name?.name === wanted,
  )
  const [policy] = found
  if (policy === undefined || found.length > 1)
    return notImported(
      error(
        found.length > 1
          ? `${found.length} authentication policies are called “${wanted}”: import it by its id`
          : `no authentication policy “${wanted}” can be seen`,
        `The API shows a policy only while an active account is in it, and its name only by an export that was observed. Seen: ${sighting.policies
          .map(({ id, name }) => (name === undefined ? id : `${name.name} (${id})`))
          .join(', ')}.`,
      ),
    )
  const base = { kind, name: policy.name?.name ?? policy.id, directory: directoryOf(sighting, policy) }
  return stateOf(kind, base, policy.id, policy.fields, configured)
}

async function stateOf(
  kind: PolicyKind,
  base: JsonObject,
  id: string,
  fields: Readonly<Record<string, LiveField>>,
  { view }: Configured,
): Imported {
  const spec = knownSpec(kind, base, { fields })
  const unseen = Object.values(fields).filter(({ state }) => state !== 'known').length
  return {
    problems:
      Object.keys(fields).length === unseen
        ? [
            warning(
              `${kind} “${textOf(base['name'] ?? '')}” is imported without settings: nothing shows them yet`,
              'Take evidence in first, with `postern observe` or `postern attest`, and import again.',
            ),
          ]
        : [],
    imported: [
      {
        type: resourceTypeOf[kind],
        state: {
          ...resourceValues(kind, spec, { id, document: documentText(spec) }),
          ...(kind === 'ExternalUserPolicy' && { suspended: await suspendedBy(view) }),
        },
      },
    ],
  }
}
