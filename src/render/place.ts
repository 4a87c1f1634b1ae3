import { forTerminal } from './harmless.ts'

/** A file's path as seen from where the command ran: the folder given, then the path in it. */
export function fileFrom(folder: string, file: string): string {
  const base = folder.replace(/\/+$/, '').replace(/^\.\//, '')
  return base === '' || base === '.' ? file : `${base}/${file}`
}

/** `policies/staff.yaml:12:5`, which terminals and editors open. */
export const placeOf = (
  folder: string,
  { file, line, column }: { readonly file?: string; readonly line?: number; readonly column?: number },
): string =>
  file === undefined
    ? ''
    : `${forTerminal(fileFrom(folder, file))}${line === undefined ? '' : `:${line}:${column ?? 1}`}`
