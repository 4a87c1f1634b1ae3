import { kindNamed } from '../kinds/index.ts'
import type { Live, LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { LiveField } from '../model/evidence.ts'

/** One policy as far as coverage looks at it: what is known of its settings. */
export interface PolicyView {
  readonly kind: 'AuthenticationPolicy' | 'ExternalUserPolicy'
  readonly name: string
  /** The identity provider that the documents give its directory; null: it has none; absent: its directory is not known. */
  readonly directoryProvider?: string | null
  readonly fields: Readonly<Record<string, LiveField>>
  /** The document, where there is one. */
  readonly resource?: Resource<'AuthenticationPolicy'> | Resource<'ExternalUserPolicy'>
}

/** All policies at one time. */
export interface PolicyViews {
  readonly byId: ReadonlyMap<string, PolicyView>
  readonly byName: ReadonlyMap<string, PolicyView>
  readonly external: PolicyView
  readonly test: PolicyView
}

/** The policies as evidence shows them. */
export const liveViews = (desired: Desired, live: Live): PolicyViews => views(desired, live, (_, fields) => fields)

/** The policies once the documents are carried out: what a document sets is so, what it leaves out stays what evidence shows. */
export const declaredViews = (desired: Desired, live: Live): PolicyViews =>
  views(desired, live, (resource, fields) => ({ ...fields, ...declaredFields(resource, live.at) }))

type FieldsOf = (resource: Resource, fields: PolicyView['fields']) => PolicyView['fields']

function views(desired: Desired, live: Live, fieldsOf: FieldsOf): PolicyViews {
  const objects = new Map(live.objects.map(object => [`${object.address.kind}/${object.address.name}`, object]))
  const providers = new Map((desired.organization.spec.directories ?? []).map(directory => [directory.name, directory]))
  const byId = new Map<string, PolicyView>()
  const byName = new Map<string, PolicyView>()
  for (const object of live.undeclared) byId.set(object.id ?? object.address.name, undeclaredView(object))
  for (const resource of desired.AuthenticationPolicy) {
    const { name, directory } = resource.spec
    const object = objects.get(`AuthenticationPolicy/${name}`)
    const view: PolicyView = {
      kind: 'AuthenticationPolicy',
      name,
      directoryProvider: providers.get(directory)?.identityProvider ?? null,
      fields: fieldsOf(resource, object?.fields ?? {}),
      resource,
    }
    byName.set(name, view)
    if (object?.id !== undefined) byId.set(object.id, view)
  }
  const external = (name: 'external' | 'test'): PolicyView => {
    const resource = desired.ExternalUserPolicy.find(({ spec }) => spec.name === name)
    const fields = objects.get(`ExternalUserPolicy/${name}`)?.fields ?? {}
    return {
      kind: 'ExternalUserPolicy',
      name,
      fields: resource === undefined ? fields : fieldsOf(resource, fields),
      ...(resource && { resource }),
    }
  }
  return { byId, byName, external: external('external'), test: external('test') }
}

const undeclaredView = ({ address: { name }, fields }: LiveObject): PolicyView => ({
  kind: 'AuthenticationPolicy',
  name,
  fields,
})

/** What a document sets, as if it were seen: since ever, so that nothing waits for it to take effect. */
function declaredFields({ kind, spec }: Resource, at: string): PolicyView['fields'] {
  const since = new Date(0).toISOString()
  return Object.fromEntries(
    Object.entries(kindNamed(kind).fields).flatMap(([path, { channel, compare }]) => {
      const value = channel === 'console' && compare !== 'declared' ? valueAt(spec, path) : undefined
      return value === undefined
        ? []
        : [[path, { state: 'known', value, evidence: { path, from: 'declaration', at, since } } satisfies LiveField]]
    }),
  )
}
