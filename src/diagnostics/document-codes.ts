import { count, near, some, type WordingOf } from './wording.ts'

/** Problems of files and of single documents. */
export interface DocumentFacts {
  'policy/not-a-folder': { readonly folder: string; readonly why: string }
  'policy/no-documents': { readonly folder: string }
  'policy/no-organization': { readonly folder: string }
  'policy/two-organizations': { readonly names: readonly string[] }
  'policy/outside-organization': { readonly folder: string }
  'policy/too-large': { readonly bytes: number; readonly limit: number }
  'policy/unreadable-file': { readonly why: string }
  'policy/symlink-loop': Readonly<Record<string, never>>
  'policy/symlink-outside': Readonly<Record<string, never>>
  'policy/not-utf8': { readonly byte: number; readonly value: number }
  'policy/control-character': { readonly code: number }
  'policy/yaml-syntax': { readonly message: string }
  'policy/yaml-tab': Readonly<Record<string, never>>
  'policy/yaml-tag': { readonly tag: string }
  'policy/too-deep': { readonly limit: number }
  'policy/too-many-tokens': { readonly limit: number }
  'policy/alias-bomb': { readonly limit: number }
  'policy/duplicate-key': { readonly key: string }
  'policy/not-a-mapping': { readonly got: string }
  'policy/missing-kind': { readonly known: readonly string[] }
  'policy/unknown-kind': { readonly kind: string; readonly near?: string; readonly known: readonly string[] }
  'policy/unknown-field': { readonly field: string; readonly near?: string; readonly known: readonly string[] }
  'policy/missing-field': { readonly field: string; readonly owner: string }
  'policy/wrong-type': { readonly field: string; readonly expected: string; readonly got: string }
  'policy/null-value': { readonly field: string }
  'policy/not-one-of': {
    readonly field: string
    readonly value: string
    readonly allowed: readonly string[]
    readonly near?: string
  }
  'policy/bad-format': { readonly field: string; readonly value: string; readonly means: string }
  'policy/out-of-range': { readonly field: string; readonly value: string; readonly limits: string }
  'policy/duplicate-name': { readonly kind: string; readonly name: string }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 102.4) / 10} MiB`

export const documentWording: WordingOf<DocumentFacts> = {
  'policy/not-a-folder': ({ folder, why }) => ({
    summary: `cannot read the policy folder \`${folder}\`: ${why}`,
    hint: 'name the folder that holds the Organization document: `postern validate policies`',
  }),
  'policy/no-documents': ({ folder }) => ({
    summary: `no YAML document in \`${folder}\``,
    hint: 'a policy folder holds files that end in .yaml or .yml; files and folders whose name starts with a dot are left out',
  }),
  'policy/no-organization': ({ folder }) => ({
    summary: `no Organization document in \`${folder}\``,
    hint: 'one file needs `kind: Organization` with the `name` and `id` of the organization; was a folder below the policy folder given?',
  }),
  'policy/two-organizations': ({ names }) => ({
    summary: `${count(names.length, 'Organization document')} in one folder: ${some(names)}`,
    hint: 'a folder describes one organization: give each its own folder and run Postern once for each',
  }),
  'policy/outside-organization': ({ folder }) => ({
    summary: `this file lies outside \`${folder}\`, the folder of the Organization document`,
    hint: 'the folder that holds the Organization document is the organization: move the Organization document up, or this file down',
  }),
  'policy/too-large': ({ bytes, limit }) => ({
    summary: `the file has ${mebibytes(bytes)}; the limit is ${mebibytes(limit)}`,
    hint: 'policies are small: is this a data file? Move it out of the folder, or split a long list over several policies',
  }),
  'policy/unreadable-file': ({ why }) => ({ summary: `cannot read the file: ${why}` }),
  'policy/symlink-loop': () => ({
    summary: 'the symbolic link leads back to itself or to a folder above it',
    hint: 'remove the link',
  }),
  'policy/symlink-outside': () => ({
    summary: 'the symbolic link leads out of the policy folder',
    hint: 'Postern reads only what lies in the folder: copy the file into it',
  }),
  'policy/not-utf8': ({ byte, value }) => ({
    summary: `byte ${byte} (0x${value.toString(16).padStart(2, '0')}) is not UTF-8`,
    hint: 'save the file as UTF-8; it may be Latin-1, Windows-1252 or UTF-16',
  }),
  'policy/control-character': ({ code }) => ({
    summary: `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')} cannot stand in YAML`,
    hint:
      code === 0 ? 'save the file as UTF-8; it may be UTF-16' : 'remove it, or write it as an escape in double quotes',
  }),
  'policy/yaml-syntax': ({ message }) => ({ summary: `not valid YAML: ${message}` }),
  'policy/yaml-tab': () => ({ summary: 'a tab is used for indentation', hint: 'YAML is indented with spaces' }),
  'policy/yaml-tag': ({ tag }) => ({ summary: `the tag \`${tag}\` is not supported`, hint: 'write plain values' }),
  'policy/too-deep': ({ limit }) => ({
    summary: `nested more than ${limit} levels deep`,
    hint: 'no document needs more than six levels',
  }),
  'policy/too-many-tokens': ({ limit }) => ({
    summary: `the file holds more than ${limit} keys, values and marks`,
    hint: 'policies are small: is this a data file? Move it out of the folder, or split a long list over several policies',
  }),
  'policy/alias-bomb': ({ limit }) => ({
    summary: `aliases make this document too large: the limit is ${limit} values`,
    hint: 'an alias repeats everything its anchor holds; write out what is needed',
  }),
  'policy/duplicate-key': ({ key }) => ({
    summary: `the key \`${key}\` stands twice in one mapping`,
    hint: 'remove one of them',
  }),
  'policy/not-a-mapping': ({ got }) => ({ summary: `a document is a mapping with \`kind\` and \`name\`, not ${got}` }),
  'policy/missing-kind': ({ known }) => ({
    summary: 'the document has no `kind`',
    hint: `add \`kind:\` with one of ${some(known, 9)}, or move files that are not Postern's out of the folder`,
  }),
  'policy/unknown-kind': ({ kind, near: suggestion, known }) => ({
    summary: `unknown kind \`${kind}\``,
    hint: suggestion === undefined ? `the kinds are ${some(known, 9)}` : `did you mean \`${suggestion}\`?`,
  }),
  'policy/unknown-field': ({ field, near: suggestion, known }) => ({
    summary: `unknown field \`${field}\``,
    hint:
      field === '<<'
        ? 'merge keys are not part of YAML 1.2: write the fields out, or use an anchor for each value'
        : suggestion === undefined
          ? `the fields here are ${some(known, 20)}`
          : `did you mean \`${suggestion}\`?`,
  }),
  'policy/missing-field': ({ field, owner }) => ({ summary: `${owner} needs \`${field}\``, hint: `add \`${field}:\`` }),
  'policy/wrong-type': ({ field, expected, got }) => ({ summary: `\`${field}\` must be ${expected}, not ${got}` }),
  'policy/null-value': ({ field }) => ({
    summary: `\`${field}\` has no value`,
    hint: 'write a value, or remove the field to leave it unmanaged',
  }),
  'policy/not-one-of': ({ field, value, allowed, near: suggestion }) => ({
    summary: `\`${field}\` cannot be \`${value}\`: it is one of ${some(allowed, 12)}`,
    ...near(suggestion),
  }),
  'policy/bad-format': ({ field, value, means }) => ({ summary: `\`${field}\` must be ${means}, not \`${value}\`` }),
  'policy/out-of-range': ({ field, value, limits }) => ({ summary: `\`${field}\` is \`${value}\`: ${limits}` }),
  'policy/duplicate-name': ({ kind, name }) => ({
    summary: `${kind} \`${name}\` is declared twice`,
    hint: 'a name stands once for each kind: rename or remove one of them',
  }),
}
