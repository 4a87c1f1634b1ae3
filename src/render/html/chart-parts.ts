import { parseHTML } from 'linkedom'

/** The parts of the chart library that are used, as a module of its own: it takes a while to load, and is loaded only where there is a chart. */
export { areaY, axisX, axisY, barX, gridX, plot, ruleX, ruleY, text } from '@observablehq/plot'

/** A document to draw in. Its types are those of a browser, which this program knows nothing of. */
export const blankDocument = (): unknown =>
  (parseHTML('<!doctype html><html><body></body></html>') as { readonly document: unknown }).document
