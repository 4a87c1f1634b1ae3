/** Flags that every command has stand last in its help: what makes it this command comes first. */
export const ownOptions = 'Options:'
export const placeOptions = 'Organization and ledger:'
export const outputOptions = 'Output:'

const order = [ownOptions, placeOptions, outputOptions]

/** Groups for commander's help: those of options in the order above, all others as they come. */
export function optionGroupsInOrder<Item>(
  _unsorted: readonly Item[],
  visible: readonly Item[],
  groupOf: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of visible) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item])
  return new Map([...groups].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)))
}
