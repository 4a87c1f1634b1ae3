import type { VisibleOrganization } from '../operations/import.ts'
import { askChoice } from './ask-choice.ts'
import type { Session } from './session.ts'

/** Asks which of several organizations is meant; undefined where nobody can be asked. */
export const askOrganization = (
  session: Session,
): ((organizations: readonly VisibleOrganization[]) => Promise<string | undefined>) | undefined =>
  session.world.ask === undefined
    ? undefined
    : organizations =>
        askChoice(
          session,
          'The key sees several organizations. Which one is it?',
          organizations.map(({ id, name }) => ({ value: id, word: id, title: `${name} (${id})` })),
        )
