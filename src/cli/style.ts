import { styleText } from 'node:util'
import { plainStyle, type Style } from '../render/style.ts'
import type { Output, World } from './world.ts'

type Format = Parameters<typeof styleText>[0]

/** Colours where a terminal shows them and nobody refused them (NO_COLOR, --no-color). */
export function styleFor(output: Output, { env }: Pick<World, 'env'>, color: boolean): Style {
  const width = output.isTerminal ? Math.min(output.columns ?? 80, 120) : 100
  const noColor = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== ''
  if (!color || noColor || !output.isTerminal || env['TERM'] === 'dumb') return plainStyle(width)
  const paint = (format: Format) => (text: string) => styleText(format, text)
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    cyan: paint('cyan'),
    width,
  }
}
