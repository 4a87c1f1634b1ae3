import policySchema from '../../../schemas/policy.schema.json' with { type: 'json' }
import { jsonText, type Session } from '../session.ts'
import type { ExitCode } from '../exit-code.ts'

/** `postern schema`: the JSON Schema of all documents, for editors and other tools. */
export const schema = (session: Session): Promise<ExitCode> => session.print(jsonText(policySchema))
