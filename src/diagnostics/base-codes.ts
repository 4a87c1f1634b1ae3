import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** What is said where a change of the documents is told apart from what was pending before it. `ref` is as it was asked for. */
export interface BaseFacts {
  'base/no-git': Readonly<Record<string, never>>
  'base/no-repository': { readonly folder: string; readonly why: string }
  'base/unknown-ref': { readonly ref: string }
  'base/unreadable': { readonly ref: string; readonly why: string }
  'base/no-common-commit': { readonly ref: string }
  'base/no-documents': { readonly ref: string }
  'base/no-plan': { readonly ref: string; readonly problems: readonly string[] }
  'base/other-organization': { readonly ref: string }
  'base/submodules': { readonly ref: string; readonly paths: readonly string[] }
  'base/same-errors': { readonly ref: string; readonly same: number; readonly all: number }
}

const deeper =
  'a shallow clone may lack it: use `fetch-depth: 0` with actions/checkout, `GIT_DEPTH: 0` in GitLab CI, `clone: depth: full` in Bitbucket Pipelines'

export const baseWording: WordingOf<BaseFacts> = {
  'base/no-git': () => ({
    summary: 'git cannot be started, and `--base` reads earlier documents with it',
    hint: 'install git in the image of the job, or plan without `--base`',
  }),
  'base/no-repository': ({ folder, why }) => ({
    summary: `${folder} is in no work tree of git${why === '' ? '' : `: ${why}`}`,
    hint: 'give a folder of a clone; where git takes it for somebody else’s, run: git config --global --add safe.directory PATH',
  }),
  'base/unknown-ref': ({ ref }) => ({ summary: `git knows no commit \`${ref}\` here`, hint: deeper }),
  'base/unreadable': ({ ref, why }) => ({
    summary: `git cannot read the documents at \`${ref}\`${why === '' ? '' : `: ${why}`}`,
    hint: 'fetch what the clone lacks, and check it with: git fsck',
  }),
  'base/no-common-commit': ({ ref }) => ({
    summary: `git finds no commit that \`${ref}\` and HEAD have in common: the documents are compared with \`${ref}\` itself`,
    hint: deeper,
  }),
  'base/no-documents': ({ ref }) => ({
    summary: `the folder holds no documents at \`${ref}\`: everything counts as this change`,
  }),
  'base/no-plan': ({ ref, problems }) => ({
    summary: `no plan can be made of the documents at \`${ref}\`, so everything counts as this change: ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? ` and ${problems.length - 3} more` : ''}`,
    hint: `mend the documents at \`${ref}\` first, in a change of their own`,
  }),
  'base/other-organization': ({ ref }) => ({
    summary: `the documents at \`${ref}\` are of another organization: everything counts as this change`,
  }),
  'base/submodules': ({ ref, paths }) => ({
    summary: `${count(paths.length, 'submodule')} of the folder ${paths.length === 1 ? 'is' : 'are'} not read at \`${ref}\`: ${some(paths)}`,
    hint: 'what the documents in there ask for counts as this change',
  }),
  'base/same-errors': ({ ref, same, all }) => ({
    summary: `${same === all ? (all === 1 ? 'the error is' : 'all errors are') : `${same} of ${count(all, 'error')} ${same === 1 ? 'is' : 'are'}`} at \`${ref}\` just the same`,
    hint: `mend the documents at \`${ref}\` first, in a change of their own`,
  }),
}

export const baseSeverities = {
  'base/no-common-commit': 'note',
  'base/no-documents': 'note',
  'base/no-plan': 'warning',
  'base/other-organization': 'warning',
  'base/submodules': 'note',
  'base/same-errors': 'note',
} satisfies { readonly [C in keyof BaseFacts]?: Severity }
