import type { Severity } from '../model/diagnostic-document.ts'
import type { WordingOf } from './wording.ts'

/** Problems of `init`: a place that is taken, a name that cannot stand in a workflow, questions that were not answered. */
export interface InitFacts {
  'init/folder-taken': { readonly folder: string }
  'init/odd-folder': { readonly folder: string }
  'init/key': Readonly<Record<string, never>>
  'init/stopped': Readonly<Record<string, never>>
  'init/kept': { readonly file: string; readonly written?: string }
}

export const initWording: WordingOf<InitFacts> = {
  'init/folder-taken': ({ folder }) => ({
    summary: `\`${folder}\` holds YAML files already`,
    hint: 'name another folder; where they are documents of yours, bring them up to date with `postern import`. Nothing was written',
  }),
  'init/odd-folder': ({ folder }) => ({
    summary: `\`${folder}\` cannot stand in a workflow: it is outside the repository, or has signs that a shell or YAML takes for something else`,
    hint: 'choose a folder below the current one, of letters, digits, blanks, dots, hyphens and underscores',
  }),
  'init/key': () => ({
    summary: 'something that is needed failed: see above. Nothing was written',
    hint: 'mend what is named there, and run `postern init` again; `postern doctor` looks at it as often as you like',
  }),
  'init/stopped': () => ({ summary: 'stopped: nothing was written', hint: 'run `postern init` again to start over' }),
  'init/kept': ({ file, written }) => ({
    summary: `\`${file}\` is there already and stays as it is${written === undefined ? '' : `; what it lacks is in \`${written}\``}`,
  }),
}

export const initSeverities = { 'init/kept': 'note' } satisfies { readonly [C in keyof InitFacts]?: Severity }
