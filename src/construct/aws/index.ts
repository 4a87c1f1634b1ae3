/**
 * Runs Postern on AWS: constructs for CDKTF on `@cdktf/provider-aws`.
 *
 * @packageDocumentation
 */
export type { FleetProps, GithubProps, PosternRunnerProps } from './props.ts'
export { PosternRunner } from './runner.ts'
