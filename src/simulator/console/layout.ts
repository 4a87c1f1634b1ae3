import { html, raw } from 'hono/html'
import type { State } from '../state.ts'
import { style } from './style.ts'

/** Markup with everything that was put into it escaped. */
export type Html = ReturnType<typeof html>

/** One page of the console. */
export interface Page {
  readonly title: string
  /** Absent on the index, which belongs to no organization. */
  readonly state?: State
  /** Path of the page in the navigation that this one belongs to. */
  readonly section?: string
  readonly body: Html
}

/** Path of an organization's part of the console. */
export const consolePath = ({ organization }: State): string => `/console/o/${encodeURIComponent(organization.id)}`

const sections: readonly (readonly [string, string])[] = [
  ['', 'Overview'],
  ['/authentication-policies', 'Authentication policies'],
  ['/external-users/external', 'External users'],
  ['/external-users/test', 'External users: test policy'],
  ['/domains', 'Domains'],
  ['/audit-log', 'Audit log'],
]

function navigation(state: State, section: string | undefined): Html {
  const items = sections.map(([path, label]) => {
    const current = path === section ? raw(' aria-current="page"') : ''
    return html`<li><a href="${consolePath(state)}${path}" ${current}>${label}</a></li>`
  })
  return html`<nav aria-label="Organization">
    <ul>
      ${items}
    </ul>
  </nav>`
}

/** The whole document of a page: no script, nothing loaded from elsewhere. */
export const document = ({ title, state, section, body }: Page): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${state?.organization.name ?? 'Simulator'} · simulated administration</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header><a href="/console">Administration (simulated)</a><span>${state?.organization.name ?? ''}</span></header>
        ${state === undefined ? '' : navigation(state, section)}
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`
