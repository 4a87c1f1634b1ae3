import type { Context } from 'hono'
import { html } from 'hono/html'
import { accountByEmail } from '../accounts.ts'
import { actorOf, firstAdmin } from '../audit.ts'
import { settle } from '../settle.ts'
import type { AuditEvent, State } from '../state.ts'
import type { World } from '../world.ts'
import type { Form } from './form.ts'
import { document, type Page } from './layout.ts'

/** One request to a page of the organization. */
export interface ConsoleCall {
  readonly world: World
  readonly state: State
  readonly now: number
  readonly context: Context
  readonly form: Form
}

type Handler = (call: ConsoleCall) => Response | Promise<Response>

/** A handler for pages of the organization; any other organization is not found. */
export const forOrganization =
  (world: World, handler: Handler) =>
  async (context: Context): Promise<Response> => {
    settle(world)
    const { state } = world
    if (context.req.param('org') !== state.organization.id) return missing(context)
    const form = context.req.method === 'POST' ? await formOf(context) : new Map<string, string>()
    return handler({ world, state, now: world.now(), context, form })
  }

async function formOf(context: Context): Promise<Form> {
  const type = context.req.header('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return new Map()
  const fields = new Map<string, string>()
  for (const [name, value] of await context.req.formData()) if (typeof value === 'string') fields.set(name, value)
  return fields
}

// The pages need nothing from elsewhere, and nobody may frame them.
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

/** Answers with a page. */
export const show = (
  context: Context,
  page: Page,
  status: 200 | 400 | 403 | 404 | 409 = 200,
): Response | Promise<Response> => context.html(document(page), status, headers)

/** A convenience of the simulator, which the real console has not: what a person reads off a page, as JSON. */
export const wantsJson = (context: Context): boolean =>
  context.req.header('accept')?.includes('application/json') ?? false

/** Nothing is there. */
export const missing = (context: Context): Response | Promise<Response> =>
  wantsJson(context)
    ? context.json({ error: 'not found' }, 404)
    : show(
        context,
        { title: 'Not found', body: html`<p>There is no such page. <a href="/console">Back to the start</a></p>` },
        404,
      )

/** After a change, back to a page (303). */
export const back = (context: Context, path: string): Response => context.redirect(path, 303)

/** Who makes a change: the email in the form field `actor`, else the first org admin. */
export function actorOfCall({ state, form }: ConsoleCall): AuditEvent['actor'] {
  const email = form.get('actor')?.trim()
  if (email === undefined || email === '') return firstAdmin(state)
  const account = accountByEmail(state.accounts, email)
  return account === undefined ? { id: email, name: email, email } : actorOf(account)
}
