import type { IConstruct } from './cdktf.ts'

/** Why a stack is not written in HCL: names of policies are keys of maps, and CDKTF’s writer of HCL does not keep them as they are. */
export const jsonOnly = (construct: IConstruct): Error =>
  new Error(`${construct.node.path} is written as JSON only: leave \`hclOutput\` out`)
