import type { ImportFacts } from '../import-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const importExplanations: ExplanationsOf<ImportFacts> = {
  'import/which-organization': {
    means:
      'The key sees several organizations and nothing says which one is meant, or it does not see the one that was named.',
    fix: 'Name one of those in the message: `postern import --organization ID`.',
  },
  'import/other-organization': {
    means: 'The folder holds the documents of one organization, and `--organization` names another one.',
    fix: 'Leave `--organization` out to bring this folder up to date, or name another folder for the other organization. Each needs a ledger of its own, too: `--ledger`.',
  },
  'import/folder-not-ours': {
    means:
      'There are YAML files in the folder, and as they are they make no valid policy folder: they are about something else, there is no Organization document, or a document has errors. Import would have to guess which lines are to change.',
    fix: 'Run `postern validate` on the folder and mend what it shows. If the files are about something else, name a new folder: `postern import policies`.',
  },
  'import/not-valid': {
    means:
      'After everything was put together the documents were checked once more, and they would not have been valid: what is live contradicts something that the documents must say, such as a break-glass account that enforced single sign-on holds. With `--only`, a document may also need one of another kind.',
    fix: 'The errors beside this one name the contradiction. Settle it in the documents or in the console and import again; leave `--only` out where another kind is needed.',
  },
  'import/left-alone': {
    means:
      'Current evidence shows these settings, and their documents leave them out. That may be on purpose, so a further import does not add them.',
    fix: 'Run `postern import --complete` to have them added. If they are to stay unmanaged, there is nothing to do.',
  },
  'import/not-edited': {
    means:
      'Import changes documents line by line and leaves everything else as it is. Here that is not possible: the value is shared through an anchor, or the file is written in a way that does not allow for it.',
    fix: 'Make the change by hand; the message says which value of which document.',
  },
  'import/gone': {
    means:
      'A document declares an object that the organization does not have: it was deleted outside, or never made. Import never deletes a document, since a plan may be meant to make the object.',
    fix: 'Remove the document if the object was deleted on purpose. Otherwise `postern plan` shows that it would be made.',
  },
  'import/would-move': {
    means:
      'Even after the lists of accounts were changed, the documents would put these accounts into another policy than the one they are in. Import found no way to say it, such as for an account that an AccountList under `except` names.',
    fix: 'Look at `postern plan`, then change `members` of the policies that it names. `postern explain EMAIL` shows who claims an account.',
  },
  'import/stopped': {
    means: 'Import was interrupted before its files were put in their places. It writes all of them or none.',
    fix: 'Run it again.',
  },
  'import/not-put-back': {
    means:
      'A file could not be written, and when what had been written was to be undone, that failed too: the disk is full or went away.',
    fix: 'The message names what is left. Where an old text is kept beside its file, rename it back; `git checkout` does the same for files that were committed.',
  },
  'import/not-recorded': {
    means:
      'The documents are written, and the console exports could not be recorded in the ledger. Until they are, a plan asks to confirm the settings that they show.',
    fix: 'See the error about the ledger beside this one. Once it is mended: `postern observe FILE --exported-at TIME`.',
  },
  'import/part-unreadable': {
    means:
      'The key may not read the directories, groups or IP allowlists of the organization, or it has none to read. Import goes on without them, and the message says what is missing from the documents for it.',
    fix: 'Create a key with the scope in the message and import again. Until then complete by hand what is missing, such as `directory`.',
  },
}
