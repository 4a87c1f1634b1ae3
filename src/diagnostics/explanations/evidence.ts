import type { EvidenceFacts } from '../evidence-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const evidenceExplanations: ExplanationsOf<EvidenceFacts> = {
  'evidence/no-file': {
    means: 'A file given to `postern observe` could not be read. With one bad file, none of those given is recorded.',
    fix: 'Check the path. The reason is in the message.',
  },
  'evidence/csv-syntax': {
    means:
      'The file is not well-formed CSV, or a line has more or fewer cells than the header: it was cut off, or edited by hand or by a spreadsheet. Nothing was recorded.',
    fix: 'Download the export again and give it as it is, without opening and saving it in between.',
  },
  'evidence/empty-export': {
    means:
      'The file is empty, or has a header and no row. An empty listing may be a filter or a failed export, so it proves nothing and was not recorded.',
    fix: 'Export again in the console, without a filter.',
  },
  'evidence/not-an-export': {
    means:
      'The header is that of none of the three console exports. The message says which columns each of them would need. Names are matched by meaning, order and case aside.',
    fix: 'Use *Export members* (Security → Authentication policies), *Export accounts* (Settings → Domains) or *Export users* (Security → External users). Other exports of the console hold no settings.',
  },
  'evidence/unknown-columns': {
    means:
      'The export has columns that Atlassian does not document. Those of your apps are expected; they are not used.',
    fix: 'Nothing, unless one of them looks like a security setting: then please report its name.',
  },
  'evidence/unread-cells': {
    means:
      'A documented column holds values that Postern does not know, so for these policies it says nothing about that setting. Atlassian documents the columns and not what can be in them.',
    fix: 'State the setting with `postern attest`, and please report the value.',
  },
  'evidence/rows-disagree': {
    means:
      '*Export members* repeats the settings of a policy in the row of each member. Here the rows of one policy differ, so they prove nothing: the policy was probably being changed while the export was made.',
    fix: 'Export again after some minutes. If they still differ, look at the policy in the console and attest the setting.',
  },
  'evidence/undeclared-policies': {
    means:
      'The export shows policies that no AuthenticationPolicy document declares. What is known of them is kept; it is not compared.',
    fix: 'To govern one, write a document with its `name` and `directory`. After a rename in the console, correct the `name` of the document.',
  },
  'evidence/other-organization': {
    means:
      'Most accounts of *Export members* are on no domain of the Organization document, or the organization, when asked, knows none of the first accounts of the file. Evidence of another organization would be believed, so the file was refused.',
    fix: 'Check which organization the export is of. If it is the right one, complete `domains` of the Organization document.',
  },
  'evidence/time-needed': {
    means:
      'The time of an export is the time of everything it proves. Without `--exported-at` only the time of the file is known, which a download or a checkout changes; at a terminal Postern shows it and asks, elsewhere the time must be given. It also comes when the question was not answered with yes.',
    fix: 'Add `--exported-at 2026-11-24T09:30:00Z` with the time at which the console made the export.',
  },
  'evidence/bad-time': {
    means: 'The value of `--exported-at` is no time, or names a day that no calendar has.',
    fix: 'Write it like `2026-11-24T09:30:00Z`.',
  },
  'evidence/future-time': {
    means:
      'The export would be from the future, by more than five minutes. Such evidence would outlive everything that is learned later, so it was not recorded.',
    fix: 'Give the time at which the console made the export, with its zone (`Z` is UTC), and check the clock of this machine.',
  },
  'evidence/future-facts': {
    means:
      'The ledger holds facts from the future: some run recorded them with a wrong clock. They are not used, and the settings they are about count as unverified unless there is other evidence.',
    fix: 'Check the clock of this machine. If it is right, observe or attest again: the new fact replaces the one from the future.',
  },
  'evidence/ambiguous-binding': {
    means:
      'A policy is known to the API by its id and to the document by its name, and the name leads to several ids: two policies of the organization have it, or members of one policy in an export are now in several.',
    fix: 'Write the right id into the document as `id:`. The console shows it in the address of the policy’s page.',
  },
  'evidence/unknown-object': {
    means:
      '`postern attest` was given a name that no AuthenticationPolicy or ExternalUserPolicy document has, or a bare name that both kinds have.',
    fix: 'Give it as `KIND/NAME`, such as `"AuthenticationPolicy/Staff behind Okta"`. The message names the nearest.',
  },
  'evidence/unknown-field': {
    means: 'The kind has no setting of this path that the console shows. Declarations and names are not attested.',
    fix: 'Use one of the paths in the message, such as `settings.apiTokens`.',
  },
  'evidence/api-field': {
    means: 'Postern reads this field itself, at each plan, so a person’s word adds nothing to it.',
    fix: 'Leave it out of `--set`.',
  },
  'evidence/bad-value': {
    means:
      'The value that was stated cannot be a value of this setting. Nothing was recorded, not the other statements either.',
    fix: 'State what the console shows in the words of the documents: `block`, `8h`, `one-time-passcode`. `postern attest` at a terminal lists the choices.',
  },
  'evidence/bad-setting': {
    means: '`--set` takes a path, an equals sign and a value, and this argument has no path before an equals sign.',
    fix: 'Write `--set settings.apiTokens=block`, with quotes around the whole if the value has blanks.',
  },
  'evidence/no-author': {
    means:
      'An attestation is somebody’s word, and neither `--by` nor the CI job nor the user of this machine gives a name.',
    fix: 'Add `--by NAME`.',
  },
  'evidence/needs-terminal': {
    means:
      '`postern attest` without `--set` asks for one setting after the other, and there is no terminal to answer at.',
    fix: 'State each value with `--set`, as the message shows, or run it at a terminal.',
  },
  'evidence/nothing-attested': {
    means:
      'There was nothing to record: every question was left without an answer, or every setting of these objects has current evidence and none was asked for.',
    fix: 'Run it again and type what the console shows; `--all` asks for settings with current evidence too.',
  },
}
