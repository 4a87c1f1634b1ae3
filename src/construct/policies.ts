import { readDocuments, type Clock, type Configuration, type InlineDocument } from '../index.ts'
import { Construct } from './cdktf.ts'
import { complaint } from './complaint.ts'
import { organizationProblem } from './organization-problem.ts'
import { PosternProvider, type PosternProviderProps } from './provider.ts'
import { refusal } from './refusal.ts'
import { PosternResource } from './resource.ts'
import { written } from './template.ts'
import { unknownIn } from './unknown-in.ts'

/** What documents do not say: how the organization is reached. */
export interface PosternPoliciesOptions extends Omit<PosternProviderProps, 'organization' | 'organizationDocument'> {
  /** The id that the Organization document must have: another one is refused. */
  readonly organizationId?: string | undefined
  /** The real time if left out. The day decides which exceptions are over. */
  readonly clock?: Clock | undefined
}

/** Documents in a policy folder. */
export interface PolicyFolder extends PosternPoliciesOptions {
  /** The policy folder; a relative one starts at the working directory, which for CDKTF is the folder of `cdktf.json`. */
  readonly folder: string
}

/** Documents that the program holds. */
export interface PolicyDocuments extends PosternPoliciesOptions {
  /** The documents in any order, the Organization document among them. */
  readonly documents: readonly InlineDocument[]
}

export type PosternPoliciesProps = PolicyFolder | PolicyDocuments

/**
 * The policies of one organization as resources of the provider `postern`. The documents are validated at once: what is wrong with them is thrown, as the command line prints it.
 */
export class PosternPolicies extends Construct {
  /** Of what the documents ask for: the `desiredDigest` of a plan that is made from them. */
  readonly desiredDigest: string
  readonly organization: { readonly name: string; readonly id: string }
  readonly provider: PosternProvider
  /** Sorted by type, then by name. */
  readonly resources: readonly PosternResource[]

  constructor(scope: Construct, id: string, props: PosternPoliciesProps) {
    super(scope, id)
    const refuse = (problem: string): Error => complaint(PosternPolicies, problem)
    // A program without types can give both, or neither.
    if ('folder' in props === 'documents' in props)
      throw refuse(`${this.node.path}: give either \`folder\` or \`documents\``)
    const unknown = unknownIn(props)
    if (unknown !== undefined) throw refuse(`${this.node.path}: ${unknown}`)
    const read = readDocuments(props)
    if (!read.ok) throw refuse(refusal(this, props, read))
    const { organization, desiredDigest, configuration } = read.value
    this.organization = organization
    this.desiredDigest = desiredDigest
    const problem = organizationProblem(this, props)
    if (problem !== undefined) throw refuse(problem)
    for (const warning of read.shown) this.node.addMetadata('@cdktf/warn', warning)
    this.provider = providerOf(this, props, configuration.provider)
    this.resources = resourcesOf(this, this.provider, configuration.resources)
  }
}

function providerOf(
  policies: PosternPolicies,
  { ledger, apiUrl, consoleUrl, allow, plans, author, by, alias }: PosternPoliciesOptions,
  { organization_id: organizationId, organization }: Configuration['provider'],
): PosternProvider {
  return new PosternProvider(policies, 'provider', {
    organizationId,
    organization: organization && written(organization, nowhere),
    ledger,
    apiUrl,
    consoleUrl,
    allow,
    plans,
    author,
    by,
    alias,
  })
}

/** Only the membership refers to others. */
const nowhere = (reference: string): never => {
  throw new Error(`${reference} is no attribute of a resource here`)
}

/** The policies come before the membership, which refers to them: Terraform carries them out in this order. */
function resourcesOf(
  policies: PosternPolicies,
  provider: PosternProvider,
  blocks: Configuration['resources'],
): readonly PosternResource[] {
  const made = new Map<string, PosternResource>()
  const refer = (reference: string): string => {
    const [type = '', label = '', attribute = ''] = reference.split('.')
    return made.get(`${type}.${label}`)?.getStringAttribute(attribute) ?? nowhere(reference)
  }
  return blocks.map(({ type, label, attributes }) => {
    const id = `${type.replace('postern_', '')}_${label}`
    const resource = new PosternResource(policies, id, { type, provider, attributes: written(attributes, refer) })
    made.set(`${type}.${label}`, resource)
    return resource
  })
}
