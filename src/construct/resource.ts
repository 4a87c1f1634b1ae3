import manifest from '../../package.json' with { type: 'json' }
import { TerraformResource, type Construct } from './cdktf.ts'
import { jsonOnly } from './json-only.ts'
import type { PosternProvider } from './provider.ts'
import type { WrittenObject } from './template.ts'

/** What a resource of the provider is. */
export interface PosternResourceProps {
  /** Such as `postern_ip_allowlist`. */
  readonly type: string
  readonly provider: PosternProvider
  /** As Terraform names them. */
  readonly attributes: WrittenObject
}

/** One resource of the provider `postern`. */
export class PosternResource extends TerraformResource {
  readonly #attributes: WrittenObject

  constructor(scope: Construct, id: string, { type, provider, attributes }: PosternResourceProps) {
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'postern', providerVersion: manifest.version },
      provider,
    })
    this.#attributes = attributes
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#attributes
  }

  override toHclTerraform(): never {
    throw jsonOnly(this)
  }
}
