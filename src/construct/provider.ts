import manifest from '../../package.json' with { type: 'json' }
import { TerraformProvider, TerraformStack, type Construct } from './cdktf.ts'
import { complaint } from './complaint.ts'
import { jsonOnly } from './json-only.ts'
import type { WrittenObject } from './template.ts'

/** How the provider reaches the organization, and what it may do. No key is among it: that comes from `POSTERN_API_KEY`, where Terraform runs. */
export interface PosternProviderProps {
  /** The id of the organization. */
  readonly organizationId?: string | undefined
  /** The organization as the attribute of that name takes it. */
  readonly organization?: WrittenObject | undefined
  /** The Organization document as YAML, in place of `organization`. */
  readonly organizationDocument?: string | undefined
  /** Where evidence and what was last applied are kept: a folder, or `s3://bucket/prefix`. Without it `POSTERN_LEDGER` says so, where Terraform runs. */
  readonly ledger?: string | undefined
  /** Stands for `https://api.atlassian.com`, for a trial against the simulator. */
  readonly apiUrl?: string | undefined
  /** Stands for `https://admin.atlassian.com` in links. */
  readonly consoleUrl?: string | undefined
  /** Codes of guards to lift, such as `too-many-moves`. They stay lifted until this is taken out again. */
  readonly allow?: readonly string[] | undefined
  /** A folder in which plans that wait for approvals are saved, for `postern approve`. */
  readonly plans?: string | undefined
  /** Who made the change, as the CI system names them: nobody approves a plan of their own. */
  readonly author?: string | undefined
  /** Who carries it out, as the journal will name them. */
  readonly by?: string | undefined
  /** Tells two providers in one stack apart. */
  readonly alias?: string | undefined
}

/** The provider `postern` in a stack, of the version of this package. */
export class PosternProvider extends TerraformProvider {
  readonly #props: PosternProviderProps

  constructor(scope: Construct, id: string, props: PosternProviderProps = {}) {
    super(scope, id, {
      terraformResourceType: 'postern',
      terraformGeneratorMetadata: {
        providerName: 'postern',
        providerVersion: manifest.version,
        providerVersionConstraint: manifest.version,
      },
      terraformProviderSource: 'postern/postern',
    })
    this.#props = props
    const same = TerraformStack.of(this)
      .node.findAll()
      .find(other => other !== this && other instanceof PosternProvider && other.alias === props.alias)
    if (same !== undefined)
      throw complaint(
        PosternProvider,
        `${this.node.path} and ${same.node.path} are two providers of one stack: give one of them an \`alias\``,
      )
  }

  override get alias(): string | undefined {
    // Asked by the constructor of the base as well.
    return #props in this ? this.#props.alias : undefined
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { organizationId, organization, organizationDocument, ledger, apiUrl, consoleUrl, allow, plans, author, by } =
      this.#props
    const attributes = {
      organization_id: organizationId,
      organization,
      organization_document: organizationDocument,
      ledger,
      api_url: apiUrl,
      console_url: consoleUrl,
      allow: allow && [...new Set(allow)].sort(),
      plans,
      author,
      by,
    }
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
  }

  override toHclTerraform(): never {
    throw jsonOnly(this)
  }
}
