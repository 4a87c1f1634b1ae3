/**
 * Postern in CDKTF: a policy folder, or documents in a program, as resources of the Terraform provider `postern`.
 *
 * @packageDocumentation
 */
export type { InlineDocument } from '../index.ts'
export {
  PosternPolicies,
  type PolicyDocuments,
  type PolicyFolder,
  type PosternPoliciesOptions,
  type PosternPoliciesProps,
} from './policies.ts'
export { PosternProvider, type PosternProviderProps } from './provider.ts'
export { PosternResource, type PosternResourceProps } from './resource.ts'
export type { Written, WrittenObject } from './template.ts'
