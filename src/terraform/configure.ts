import { documentAttributes } from '../blocks/document-attributes.ts'
import { organizationSpec } from '../blocks/document-values.ts'
import { hasUnknown, isValueObject, type Value, type ValueObject } from '../blocks/value.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Resource } from '../kinds/resource.ts'
import { atlassianApi, atlassianConsole } from '../operations/atlassian-addresses.ts'
import { consoleAddress } from '../operations/console-address.ts'
import { nameRun } from '../operations/name-run.ts'
import { openLedger } from '../operations/open-ledger.ts'
import { planAuthor } from '../operations/plan-author.ts'
import { runOrigin } from '../operations/run-origin.ts'
import { unknownGuards } from '../operations/plan.ts'
import {
  configurationFiles,
  ownProblems,
  type ConfigurationFiles,
  type ConfigurationSource,
} from '../operations/resources/configuration-files.ts'
import { viewOf } from '../operations/resources/organization-view.ts'
import type { Configured } from './configured.ts'
import type { Problem } from './contract.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { error, isFatal, problemsOf, spotOf, type Spot } from './problems.ts'
import { noClaims } from './resources/adopting.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** What configuring came to. */
export type Configuring =
  | { readonly configured: Configured; readonly problems: readonly Problem[] }
  | { readonly configured?: undefined; readonly problems: readonly Problem[] }

/** The Organization document that a provider block holds, and everything that is wrong with it by itself. */
interface OrganizationGiven {
  readonly source: ConfigurationSource | undefined
  readonly files: ConfigurationFiles | undefined
  readonly problems: readonly Problem[]
}

/** What is wrong with a provider block. What is not known yet is not looked at. */
export const providerProblems = (config: ValueObject, today: string): readonly Problem[] =>
  blockProblems(config, organizationGiven(config, today))

function blockProblems(config: ValueObject, given: OrganizationGiven): readonly Problem[] {
  const { organization, organization_document: document, organization_id: id } = config
  const both = !isNothing(organization) && !isNothing(document)
  const ids = !isNothing(id) && !isNothing(document)
  return [
    ...(both
      ? [
          error('`organization` and `organization_document` say the same: give one of them', undefined, [
            at('organization_document'),
          ]),
        ]
      : []),
    ...(ids
      ? [
          error('`organization_document` holds the organization id: leave `organization_id` out', undefined, [
            at('organization_id'),
          ]),
        ]
      : []),
    ...(isNothing(id) && isNothing(document)
      ? [error('no organization: give `organization_document`, or `organization_id` with `organization`')]
      : []),
    ...(both || ids ? [] : given.problems),
    ...guardProblems(config),
  ]
}

const at = (attribute: string) => ({ attribute })

const isNothing = (value: Value | undefined): value is null | undefined => value === null || value === undefined

function guardProblems({ allow }: ValueObject): readonly Problem[] {
  return problemsOf(unknownGuards(texts(allow))).map(problem => ({ ...problem, path: [at('allow')] }))
}

const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Value[]).filter(item => typeof item === 'string') : []

function organizationGiven(config: ValueObject, today: string): OrganizationGiven {
  const { organization_document: document, organization, organization_id: id } = config
  const source = sourceOf(document, organization, id)
  if (source === undefined) return { source, files: undefined, problems: [] }
  const files = configurationFiles([source.given])
  const checked = files.check(today)
  const unknowns = source.unknowns
  const own = ownProblems(checked.diagnostics, source.given.file).filter(
    found => !isOfOthers(found) && !(unknowns && found.code === 'policy/missing-field'),
  )
  // What has no place is about the whole, such as that there is no such document in the text.
  const placeless = checked.diagnostics.filter(({ span }) => span === undefined)
  const spots = new Map([[source.given.file, source.spot]])
  if ('text' in source.given && files.kindsIn(source.given.file).join() !== 'Organization' && own.length === 0)
    return {
      source: source.given,
      files,
      problems: [
        error(
          '`organization_document` holds one document, of kind Organization',
          'Policies and allowlists are resources; `postern_policy_folder` reads a whole folder.',
          [at('organization_document')],
        ),
      ],
    }
  return { source: source.given, files, problems: problemsOf([...placeless, ...own], { files, spots }) }
}

/** Names of other documents: whether they are there is seen where all of them are. */
const isOfOthers = ({ code }: Diagnostic): boolean => code === 'policy/dangling-reference'

function sourceOf(
  document: Value | undefined,
  organization: Value | undefined,
  id: Value | undefined,
): { readonly given: ConfigurationSource; readonly spot: Spot; readonly unknowns: boolean } | undefined {
  if (typeof document === 'string') {
    const spot = spotOf({}, [at('organization_document')])
    return { given: { file: 'organization_document', text: document }, spot, unknowns: false }
  }
  if (!isValueObject(organization)) return undefined
  const { spec, unknowns } = organizationSpec(id ?? null, organization)
  const spot = spotOf(documentAttributes.Organization, [at('organization')])
  return { given: { file: 'organization', spec }, spot, unknowns: unknowns.length > 0 }
}

const noKey: Problem = error(
  'no organization API key',
  'Set POSTERN_API_KEY where Terraform runs: a key in the `api_key` of the provider block stands in the configuration, and in saved plans. admin.atlassian.com → Organization settings → API keys makes one.',
)

/** How what is under way is ended. */
export interface Stops {
  /** No further request of an apply is sent. */
  readonly stop: AbortSignal
  /** What is being read is given up. */
  readonly stopReading: AbortSignal
}

/** Makes the provider ready. Nothing is sent yet. */
export function configure(config: ValueObject, world: World, { stop, stopReading }: Stops): Configuring {
  const missing = Object.entries(config).flatMap(([name, value]) =>
    hasUnknown(value)
      ? [
          error(
            `\`${name}\` is not known yet: the provider needs it to plan`,
            'Give it a value that does not come from a resource that is still to be created.',
            [at(name)],
          ),
        ]
      : [],
  )
  if (missing.length > 0) return { problems: missing }
  const given = organizationGiven(config, world.now().toISOString().slice(0, 10))
  const problems = [...blockProblems(config, given)]
  const apiKey = textIn(config['api_key']) ?? setIn(world, 'POSTERN_API_KEY')
  if (apiKey === undefined || apiKey.trim() === '') problems.push(noKey)
  const consoleUrl = consoleAddress(
    textIn(config['console_url']) ?? setIn(world, 'POSTERN_CONSOLE_URL') ?? atlassianConsole,
  )
  problems.push(...problemsOf(consoleUrl.diagnostics).map(one => ({ ...one, path: [at('console_url')] })))
  const ledger = openLedger(textIn(config['ledger']) ?? setIn(world, 'POSTERN_LEDGER') ?? '.postern', world.path)
  problems.push(...problemsOf(ledger.diagnostics).map(one => ({ ...one, path: [at('ledger')] })))
  if (isFatal(problems) || apiKey === undefined || !consoleUrl.ok || !ledger.ok) return { problems }

  const id = textIn(config['organization_id'])
  const source: ConfigurationSource = given.source ?? {
    file: 'organization',
    spec: { kind: 'Organization', name: id ?? '', id: id ?? '' },
  }
  const organization = (given.files ?? configurationFiles([source])).resource(source.file, 'Organization')
  if (organization === undefined) return { problems: [error('no Organization document')] }
  const named = textIn(config['author'])
  return {
    problems,
    configured: {
      world,
      view: viewOf({
        connection: {
          apiUrl: textIn(config['api_url']) ?? setIn(world, 'POSTERN_API_URL') ?? atlassianApi,
          consoleUrl: consoleUrl.value,
          apiKey,
          ...world.network,
        },
        ledger: ledger.value,
        organizationId: (organization as Resource<'Organization'>).spec.id,
        now: world.now,
        signal: stopReading,
      }),
      isDeclared: given.source !== undefined,
      organizationSource: source,
      organization: organization as Resource<'Organization'>,
      allow: texts(config['allow']),
      author: planAuthor(world.env, named).author,
      plans: textIn(config['plans']) ?? setIn(world, 'POSTERN_PLANS'),
      origin: runOrigin(world.env, {
        command: 'terraform apply',
        version,
        author: named,
        by: textIn(config['by']),
      }),
      run: () => nameRun(world.now(), world.random),
      stop,
      alone: oneAtATime(),
      claims: noClaims(),
    },
  }
}

const textIn = (value: Value | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A CI system hands a variable that nobody set to the job as an empty one. */
const setIn = ({ env }: World, name: string): string | undefined => (env[name] === '' ? undefined : env[name])
