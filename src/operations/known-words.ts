import { guards } from '../engine/guards/index.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { isObject } from '../model/json.ts'

/** Words that a command line takes and that no organization decides. */
export const knownWords = (): {
  readonly kinds: readonly string[]
  /** The guards that `--allow` can lift. */
  readonly liftable: readonly string[]
  /** What can be attested: `ExternalUserPolicy/external`; `AuthenticationPolicy/` where the name is for a person to say. */
  readonly attestable: readonly string[]
} => ({
  kinds: kindNames,
  liftable: guards.filter(({ liftable }) => liftable).map(({ code }) => code),
  attestable: kindNames.flatMap(kind => {
    const { fields, schema } = kindNamed(kind)
    if (!Object.values(fields).some(({ channel }) => channel === 'console')) return []
    const name = isObject(schema['properties']) ? schema['properties']['name'] : undefined
    const fixed = isObject(name) && Array.isArray(name['enum']) ? name['enum'] : ['']
    return fixed.map(known => `${kind}/${String(known)}`)
  }),
})
