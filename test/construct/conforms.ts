import { schemas } from '../../src/blocks/schemas.ts'
import type { ValueObject } from '../../src/blocks/value.ts'
import { misfits } from '../blocks/conforms.ts'

/** A stack as CDKTF writes it: `provider` and `//` in a block are CDKTF's and Terraform's own. */
export interface SynthesizedStack {
  readonly provider: { readonly postern: readonly ValueObject[] }
  readonly resource: Readonly<Record<string, Readonly<Record<string, ValueObject>>>>
}

/** Where the blocks of a stack are not what the schemas of the provider say. */
export const misfitsInStack = ({ provider, resource }: SynthesizedStack): readonly string[] => [
  ...provider.postern.flatMap(block =>
    misfits(schemas.provider.attributes, without(block, 'alias'), 'configuration', 'provider'),
  ),
  ...Object.entries(resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([label, block]) =>
      misfits(
        schemas.resources[type as keyof typeof schemas.resources].attributes,
        without(block, 'provider', '//'),
        'configuration',
        `${type}.${label}`,
      ),
    ),
  ),
]

const without = (block: ValueObject, ...names: readonly string[]): ValueObject =>
  Object.fromEntries(Object.entries(block).filter(([name]) => !names.includes(name)))
