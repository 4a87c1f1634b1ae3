import type { InitFacts } from '../init-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const initExplanations: ExplanationsOf<InitFacts> = {
  'init/folder-taken': {
    means: 'The folder that `init` was to fill has YAML files in it. `init` only begins; it never changes documents.',
    fix: 'Run `postern import` to bring a policy folder up to date with the organization, or name an empty folder: `postern init other-folder`.',
  },
  'init/odd-folder': {
    means:
      'The name of the folder goes into the CI workflow, the editor settings and the commands that are shown. It is above or beside the repository, or holds quotes, dollar signs, line breaks or other signs that mean something there.',
    fix: 'Name a folder inside the repository, of letters, digits, blanks, dots, hyphens, underscores and slashes.',
  },
  'init/key': {
    means:
      'The API key was tried before anything else, and something that `init` needs failed. The lines above say what: the key itself, the organization, or a scope.',
    fix: 'Each line that failed says how to mend it. Scopes of a key cannot be changed, so a missing scope means a new key: Organization settings → API keys.',
  },
  'init/stopped': {
    means:
      'A question was answered with Ctrl-C, Ctrl-D or no. `init` writes at the very end and all at once, so nothing is there yet.',
    fix: 'Run `postern init` again. Flags answer questions beforehand: `postern init --help`.',
  },
  'init/kept': {
    means:
      'A file that `init` would write exists: a workflow, an editor setting. Files of others are not changed, except that lines are added to `.gitignore`.',
    fix: 'Compare it with what [Continuous integration](ci.md) and [Editors](editors.md) show. Where `init` wrote a file beside it, take over from that one what you want and delete it.',
  },
}
