import type { Severity } from '../model/diagnostic-document.ts'
import type { WordingOf } from './wording.ts'

/** What each code about running on AWS carries. */
export interface AwsFacts {
  /** An operation of AWS that did not succeed, and what was left undone for it. `name` is the error's, never its message. */
  'aws/refused': {
    readonly operation: string
    readonly resource: string
    readonly name: string
    readonly status?: number
    readonly undone: string
  }
  'aws/no-key': { readonly secret: string }
  'aws/bad-setting': { readonly name: string; readonly problem: string }
  'aws/bad-event': { readonly problem: string }
  'aws/no-documents': { readonly object: string; readonly commit?: string }
  'aws/bad-documents': { readonly object: string; readonly problem: string }
  'aws/bad-inventory': { readonly at: string; readonly problem: string }
  'aws/out-of-time': { readonly command: string; readonly seconds: number }
}

export const awsWording: WordingOf<AwsFacts> = {
  'aws/refused': ({ operation, resource, name, status, undone }) => ({
    summary: `${operation} of ${resource} failed: ${name}${status === undefined ? '' : ` (HTTP ${status})`}; ${undone}`,
    hint: /denied|unauthorized|forbidden/i.test(name)
      ? `the role of this function must be allowed ${operation} on it, and the key that encrypts it must be usable`
      : /notfound|nosuch/i.test(name)
        ? 'it is not there: check its name, and that the stack was deployed as a whole'
        : 'try again; if it stays, look at the health of the service in this region',
  }),
  'aws/no-key': ({ secret }) => ({
    summary: `the secret ${secret} holds no organization API key, or is not there`,
    hint: `put it there: aws secretsmanager put-secret-value --secret-id ${secret} --secret-string file://key.txt`,
  }),
  'aws/bad-setting': ({ name, problem }) => ({
    summary: `the variable ${name} of this function ${problem}`,
    hint: 'deploy the stack again: the construct sets it',
  }),
  'aws/bad-event': ({ problem }) => ({
    summary: `this function cannot be invoked like this: ${problem}`,
    hint: 'the page about running on AWS shows what an event holds',
  }),
  'aws/no-documents': ({ object, commit }) => ({
    summary:
      commit === undefined
        ? `no commit was applied yet, so it is not known which documents count (${object} is not there)`
        : `the documents of commit ${commit} are not in the bucket (${object})`,
    hint:
      commit === undefined
        ? 'merge once, or invoke the apply function with a commit whose documents were uploaded'
        : 'upload them first, as the workflow does, and give the same commit',
  }),
  'aws/bad-documents': ({ object, problem }) => ({
    summary: `${object} cannot be used: ${problem}`,
    hint: 'make it with: git archive --format=zip --output documents.zip HEAD',
  }),
  'aws/bad-inventory': ({ at, problem }) => ({ summary: `${at}: ${problem}` }),
  'aws/out-of-time': ({ command, seconds }) => ({
    summary: `${command} was stopped after ${seconds} seconds, before the time of this function ended`,
    hint: 'what was begun is in the journal: run it again, and give the function more time (at most 900 seconds)',
  }),
}

/** Codes that are no errors. */
export const awsSeverities = {} satisfies Readonly<Partial<Record<keyof AwsFacts, Severity>>>
