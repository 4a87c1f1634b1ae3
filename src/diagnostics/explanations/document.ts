import type { DocumentFacts } from '../document-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const documentExplanations: ExplanationsOf<DocumentFacts> = {
  'policy/not-a-folder': {
    means:
      'The policy folder that the command was given, or that it takes by default (`policies`, else the current folder), is not there, is a file, or may not be read. Nothing was looked at.',
    fix: 'Name the folder that holds the Organization document: `postern validate path/to/policies`. A single file cannot be given in its place.',
  },
  'policy/no-documents': {
    means:
      'The folder was read and holds no file that ends in `.yaml` or `.yml`. Files and folders whose name starts with a dot, and `node_modules`, are left out.',
    fix: 'Give the right folder. If it is the right one, check that the files are checked out and end in `.yaml`.',
  },
  'policy/no-organization': {
    means:
      'No document of the folder has `kind: Organization`. This is often a folder below the policy folder: the Organization document is in the one above.',
    fix: 'Run the command on the folder that holds the Organization document. For a new folder write one with `kind`, `name` and `id`; the id is in the address of admin.atlassian.com, after `/o/`.',
  },
  'policy/two-organizations': {
    means:
      'A folder describes exactly one organization, and two or more Organization documents were found in it or below it.',
    fix: 'Give each organization a folder of its own, side by side, and run Postern once for each. The places of the other documents are listed with the message.',
  },
  'policy/outside-organization': {
    means:
      'The folder that holds the Organization document is the organization; this document stands beside or above that folder, so it belongs to none.',
    fix: 'Move the Organization document up, or this file into the folder of the Organization document.',
  },
  'policy/too-large': {
    means: 'The file is larger than 4 MiB and was not read. That is room for about 100,000 addresses.',
    fix: 'If it is a data file, move it out of the folder. If it is a list of accounts, use a group or a domain in its place, or split it over several policies.',
  },
  'policy/unreadable-file': {
    means:
      'A YAML file, or a folder below the policy folder, is there and could not be read: permissions, a broken link, or something that is no regular file, such as a pipe. What is in it is not known, so the folder is refused as a whole.',
    fix: 'Give the user that runs Postern the right to read it, or remove it. The reason is in the message.',
  },
  'policy/symlink-loop': {
    means: 'Following this symbolic link leads back to the link or to a folder above it.',
    fix: 'Remove the link.',
  },
  'policy/symlink-outside': {
    means:
      'The symbolic link points out of the policy folder. It is not followed: lines of refused files are printed, and a pull request must not be able to print what lies elsewhere on the machine.',
    fix: 'Copy the file into the folder, or remove the link.',
  },
  'policy/not-utf8': {
    means:
      'YAML is UTF-8, and the byte at this place cannot be. Editors on Windows often save as Windows-1252 or UTF-16.',
    fix: 'Save the file as UTF-8. `iconv -f WINDOWS-1252 -t UTF-8` converts it where the old encoding is known.',
  },
  'policy/control-character': {
    means:
      'The file holds a character that YAML does not allow, because it hides text or acts on a terminal. U+0000 is usually a file that was saved as UTF-16.',
    fix: 'Remove the character, or write it as an escape such as `"\\x1b"` in double quotes. For U+0000 save the file as UTF-8.',
  },
  'policy/yaml-syntax': {
    means:
      'The text is not valid YAML 1.2, so this document was not read; other documents of the file and of the folder were. Only the first fault of a document is told, since one causes the next.',
    fix: 'Look at the place, and at the line before it. Usual causes: a missing space after a colon, an indentation that does not line up, an unclosed quote, a value that holds `: ` without quotes, an alias without its anchor.',
  },
  'policy/yaml-tab': {
    means: 'YAML is indented with spaces only, and this line begins with a tab.',
    fix: 'Replace the tab with spaces, and set the editor to insert spaces in YAML files.',
  },
  'policy/yaml-tag': {
    means:
      'A value carries a tag such as `!secret` or `!!binary`. No document needs one, and Postern takes the plain values of YAML only.',
    fix: 'Remove the tag and write the value. Other programs that fill in tags must run before Postern does.',
  },
  'policy/too-deep': {
    means:
      'Values are nested more than 64 levels deep, counting what aliases stand for. No kind needs more than six levels; such a file is broken or hostile.',
    fix: 'Look for brackets that are never closed, and for an alias that contains itself.',
  },
  'policy/too-many-tokens': {
    means:
      'The file holds more keys, values and marks than any policy needs. It was not read to its end, so that a hostile file cannot hold up a pipeline.',
    fix: 'Move data files out of the folder, or split a long list over several policies.',
  },
  'policy/alias-bomb': {
    means:
      'Once every alias is replaced by what its anchor holds, the document has more values or more text than is read. Few lines with nested aliases can stand for billions of values.',
    fix: 'Write out what is needed in place of the aliases.',
  },
  'policy/duplicate-key': {
    means:
      'One mapping has the same key twice. YAML forbids it, and other programs silently take one of the two. The earlier place is listed with the message.',
    fix: 'Remove one of them. Where both hold parts of a list, put the items together under one key.',
  },
  'policy/not-a-mapping': {
    means: 'The document is a list or a single value. Each document is a mapping that begins with `kind`.',
    fix: 'Write one document for each item, separated by a line with `---`. If the file is not for Postern, move it out of the policy folder.',
  },
  'policy/missing-kind': {
    means:
      'The document has no `kind`, so it is not known what it describes. A YAML file of another program in the policy folder gives this message as well.',
    fix: 'Add `kind:` with one of the kinds in the message, or move foreign files out of the policy folder.',
  },
  'policy/unknown-kind': {
    means: 'The value of `kind` is none of the kinds that this version of Postern knows. Case counts.',
    fix: 'Correct the word; the message names the nearest kind or all of them. A file of another program, such as Kubernetes, belongs into another folder.',
  },
  'policy/unknown-field': {
    means:
      'The document has a field that its kind does not have at this place: a typing error, or a field at the wrong level, such as `apiTokens` beside `settings` and not in it. It is refused, because a setting that is silently ignored would look as if it were governed. `<<` is the merge key of YAML 1.1, which YAML 1.2 does not have.',
    fix: 'Correct the name or move the field; the message names the nearest one or all that may stand here. In place of `<<` write the fields out.',
  },
  'policy/missing-field': {
    means: 'The kind, or the mapping at this place, needs a field that is not there.',
    fix: 'Add the field. `postern schema` prints what each kind needs.',
  },
  'policy/wrong-type': {
    means:
      'The value is of another type than the field takes: a list in place of text, say. `yes` and `on` are text in YAML 1.2, and a number without quotes is a number.',
    fix: 'Write what the message expects: `true` or `false` for a switch, `[a, b]` for a list, quotes around text that looks like a number.',
  },
  'policy/null-value': {
    means:
      'The field is written without a value, or as `null` or `~`. It could mean “not managed” or “nothing”, so it is refused.',
    fix: 'Write the value, or remove the whole line: a setting that is left out is never compared and never changed.',
  },
  'policy/not-one-of': {
    means: 'The field takes one of a few words, and this is none of them. Case and hyphens count.',
    fix: 'Use one of the words in the message.',
  },
  'policy/bad-format': {
    means:
      'The text is not written as the field needs it: an email address, a domain, an id, a day, a duration such as `8h`.',
    fix: 'Write it in the form that the message names. Durations are a number with `m`, `h` or `d`.',
  },
  'policy/out-of-range': {
    means:
      'The value has the right form and is too small, too large, too short or too long: a duration outside of what Atlassian takes, a percentage above 100, an empty list where one item is needed.',
    fix: 'Choose a value within the limits in the message.',
  },
  'policy/duplicate-name': {
    means:
      'Two documents of one kind have the same name, or the Organization document declares two identity providers, two directories or two approvers of one name. The earlier place is listed with the message.',
    fix: 'Rename or remove one of them. A merge that brought the same file twice is a usual cause.',
  },
}
