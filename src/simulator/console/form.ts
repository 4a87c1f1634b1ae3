import { html, raw } from 'hono/html'
import { parseDuration } from '../../model/duration.ts'
import type { Html } from './layout.ts'

/** The fields that came with a POST. A field that is absent leaves its setting as it is. */
export type Form = ReadonlyMap<string, string>

/** One control of a form: a choice where there are options, else a line of text. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options?: readonly string[]
  readonly hint?: string
}

/** A control with its label. */
export function control({ name, label, value, options, hint }: Field): Html {
  const described = hint === undefined ? '' : html` aria-describedby="${name}-hint"`
  const input =
    options === undefined
      ? html`<input id="${name}" name="${name}" value="${value}" ${described} />`
      : html`<select id="${name}" name="${name}" ${described}>
          ${options.map(
            option =>
              html`<option value="${option}" ${option === value ? raw(' selected') : ''}>
                ${option === '' ? 'none' : option}
              </option>`,
          )}
        </select>`
  return html`<label for="${name}">${label}</label>${input}${
      hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`
    }`
}

/** What is wrong with a form, for the person who filled it in. */
export const problemList = (problems: readonly string[]): Html =>
  problems.length === 0
    ? html``
    : html`<div class="notice problem" role="alert">
        <p>Nothing was saved.</p>
        <ul>
          ${problems.map(problem => html`<li>${problem}</li>`)}
        </ul>
      </div>`

/** Reads the fields of one form and collects what is wrong with them. */
export interface FormReader {
  readonly problems: string[]
  /** A text; the present one where the field is absent or wrong. */
  readonly text: (name: string, present: string) => string
  readonly choice: <T extends string>(name: string, options: readonly T[], present: T) => T
  readonly flag: (name: string, present: boolean) => boolean
  /** A duration within bounds, or one of the words given. */
  readonly duration: (name: string, present: string, bounds: DurationBounds) => string
}

export interface DurationBounds {
  readonly from?: string
  readonly to?: string
  readonly words?: readonly string[]
}

/** A reader of a form. */
export function formReader(form: Form): FormReader {
  const problems: string[] = []
  const read = <T>(name: string, present: T, parse: (value: string) => T | undefined, expected: string): T => {
    const value = form.get(name)?.trim()
    if (value === undefined) return present
    const parsed = parse(value)
    if (parsed === undefined) problems.push(`${name} must be ${expected}`)
    return parsed ?? present
  }
  return {
    problems,
    text: (name, present) => read(name, present, value => (value === '' ? undefined : value), 'a text'),
    choice: (name, options, present) =>
      read(name, present, value => options.find(option => option === value), `one of ${options.join(', ')}`),
    flag: (name, present) => read(name, present, value => ({ true: true, false: false })[value], 'true or false'),
    duration: (name, present, { from = '1m', to = '3650d', words = [] }) =>
      read(
        name,
        present,
        value => (words.includes(value) || within(value, from, to) ? value : undefined),
        `a duration from ${from} to ${to}${words.map(word => `, or ${word}`).join('')}`,
      ),
  }
}

function within(value: string, from: string, to: string): boolean {
  const minutes = parseDuration(value)
  return minutes !== undefined && minutes >= (parseDuration(from) ?? 0) && minutes <= (parseDuration(to) ?? 0)
}

/** Emails in a text: set apart by commas, semicolons or space. */
export const emailsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(email => email !== '')
