/** See validate-folder.mjs. */
export declare function writeFolder(
  folder: string,
  options: { readonly documents: number; readonly wrong: number; readonly seed: number },
): { readonly files: number; readonly problems: Readonly<Record<string, number>> }
