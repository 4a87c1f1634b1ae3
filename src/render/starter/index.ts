import { bitbucketPipeline } from './bitbucket-pipeline.ts'
import { githubWorkflow } from './github-workflow.ts'
import { gitlabPipeline } from './gitlab-pipeline.ts'
import type { Setup } from './setup.ts'

/** The CI systems that `init` writes a workflow for: how people know each, where its file is, and what is in it. */
export const ciSystems = {
  github: { title: 'GitHub Actions', file: '.github/workflows/postern.yml', text: githubWorkflow },
  gitlab: { title: 'GitLab CI', file: '.gitlab-ci.yml', text: gitlabPipeline },
  bitbucket: { title: 'Bitbucket Pipelines', file: 'bitbucket-pipelines.yml', text: bitbucketPipeline },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly file: string; readonly text: (setup: Setup) => string }>
>

export type CiSystem = keyof typeof ciSystems
