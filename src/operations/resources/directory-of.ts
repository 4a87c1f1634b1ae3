import { chooseDirectories } from '../../adoption/choose-directories.ts'
import type { SeenPolicy, Sighting } from '../../adoption/sighting.ts'

/** How documents call the directory of a policy that was seen: **inferred** as import infers it. */
export const directoryOf = (sighting: Sighting, { directoryId }: SeenPolicy): string =>
  chooseDirectories(sighting).of(directoryId).name
