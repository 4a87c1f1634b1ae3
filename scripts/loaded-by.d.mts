export declare function loadedBy(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<{
  readonly code: number | null
  readonly builtins: readonly string[]
  readonly others: readonly string[]
  readonly groups: Readonly<Record<string, number>>
}>
