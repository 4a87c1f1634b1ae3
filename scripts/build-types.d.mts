/** The types of each entry of the package, by the name of the entry. */
export declare function typesOf(): Promise<ReadonlyMap<string, string>>
/** Writes them into a folder, `dist` if left out. */
export declare function buildTypes(folder?: string): Promise<void>
