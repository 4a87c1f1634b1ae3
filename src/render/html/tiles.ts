import { markup, type Markup, type Part } from './markup.ts'

/** One number of the summary, what it counts, and what to know about it. */
export interface Tile {
  readonly name: string
  readonly value: Part
  readonly note?: Part
  /** Draws the eye. The words say what it means. */
  readonly tone?: 'good' | 'bad' | 'warn'
}

/** The numbers that come first. */
export const summaryTiles = (tiles: readonly Tile[]): Markup =>
  markup`<dl class="tiles">${tiles.map(
    ({ name, value, note, tone = 'plain' }) =>
      markup`<div class="tile ${tone}"><dt>${name}</dt><dd class="value">${value}</dd>${
        note === undefined ? undefined : markup`<dd class="note">${note}</dd>`
      }</div>`,
  )}</dl>
`
