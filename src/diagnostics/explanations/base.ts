import type { BaseFacts } from '../base-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

const deeper =
  'Fetch more of the history: `fetch-depth: 0` with actions/checkout, the variable `GIT_DEPTH: 0` in GitLab CI, `clone: depth: full` in Bitbucket Pipelines. For a pull request on GitHub `fetch-depth: 2` and `--base HEAD^1` do, too.'

export const baseExplanations: ExplanationsOf<BaseFacts> = {
  'base/no-git': {
    means: 'With `--base` the documents of an earlier commit are read by git, and there is no program of that name.',
    fix: 'Install git in the image of the job, or run `postern plan` without `--base`: then every step counts.',
  },
  'base/no-repository': {
    means:
      'The policy folder is in no work tree of git, or git refuses it because it belongs to another user, as it often does in a container.',
    fix: 'Run in a clone. Where git says that the ownership is dubious, name the work tree as a `safe.directory` in the configuration of git.',
  },
  'base/unknown-ref': {
    means:
      'What was given to `--base` names no commit in this clone. Most CI systems fetch only the newest commit of one branch.',
    fix: deeper,
  },
  'base/unreadable': {
    means: 'Git knows the commit, but not what is in it: a clone that was made with a filter, or one that is damaged.',
    fix: 'Fetch what the clone lacks, and let `git fsck` look at it.',
  },
  'base/no-common-commit': {
    means:
      'The documents are compared with the newest commit that `--base` and HEAD have in common, so that what others merged meanwhile is not taken for this change. In a clone without its history git finds none, and the commit of `--base` itself is taken.',
    fix: deeper,
  },
  'base/no-documents': {
    means: 'At the commit of `--base` the policy folder is not there, or has no YAML file.',
    fix: 'Nothing is wrong where this change adds the folder. Where it moves the folder, every step counts once.',
  },
  'base/no-plan': {
    means:
      'The documents at the commit of `--base` do not validate, or no plan can be made of them. What was pending before cannot be told, so everything counts as this change.',
    fix: 'Look at the problems that the message names. Mend them there first, or take it that this change is judged as a whole.',
  },
  'base/other-organization': {
    means:
      'The Organization document has another `id` at the commit of `--base`: its plan would be one of another organization.',
    fix: 'Nothing is wrong where the organization was meant to change.',
  },
  'base/submodules': {
    means:
      'Submodules are other repositories. Their documents count in the folder, but are not read at the commit of `--base`.',
    fix: 'Keep policies in the repository itself, or take it that what stands in a submodule counts as this change.',
  },
  'base/same-errors': {
    means:
      'The documents have errors, so there is no plan, and the run fails. The note counts those errors that this change did not bring.',
    fix: 'Mend them at the commit of `--base` first, or with this change.',
  },
}
