import type { AccountRef } from '../../model/account.ts'
import { timeWords } from '../coverage-words.ts'
import { markup, nothing, type Markup, type Part } from './markup.ts'

/** A time in UTC that machines can read. What is no time is shown as it came. */
export const timeOf = (at: string): Part =>
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(at)
    ? markup`<time datetime="${at}">${timeWords(at)}</time>`
    : at

/** A name or an address in a sentence: whatever its direction, it does not turn the words around it. */
export const named = (name: string): Markup => markup`<bdi>${name}</bdi>`

/** A sentence in which what stands in backquotes is code. */
export const prose = (text: string): Part =>
  text.split(/`([^`]+)`/).map((piece, index) => (index % 2 === 1 ? markup`<code>${piece}</code>` : piece))

/** A part of the page with a heading, which the contents lead to. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Part
}

/** Addresses as a list, folded away where there are many. */
export function addresses(accounts: readonly AccountRef[], summary: string): Markup {
  if (accounts.length === 0) return nothing
  const list = markup`<ul class="addresses">${accounts.map(({ email }) => markup`<li>${named(email)}</li>`)}</ul>`
  return accounts.length <= 12 ? list : folded(summary, list)
}

/** Something that is shown when it is asked for. */
export const folded = (summary: string, body: Part): Markup =>
  markup`<details><summary>${summary}</summary>${body}</details>`

/** A verdict: a mark, which screen readers leave out, and the word for it. */
export const verdict = (tone: 'good' | 'bad' | 'warn' | 'plain', word: string): Markup =>
  markup`<strong class="badge ${tone}"><span aria-hidden="true">${marks[tone]}</span> ${word}</strong>`

const marks = { good: '✓', bad: '✗', warn: '!', plain: '·' } as const
