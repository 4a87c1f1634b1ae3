import { forTerminal } from '../render/harmless.ts'
import { endProgress } from './progress.ts'
import type { Session } from './session.ts'

const tries = 3

/** One of a list, by its number or its word; the first answer that is one. Undefined where nobody can be asked, or nothing that was answered is one. */
export async function askChoice<T>(
  session: Session,
  question: string,
  choices: readonly { readonly value: T; readonly word: string; readonly title: string }[],
  proposed?: number,
): Promise<T | undefined> {
  const { world } = session
  if (world.ask === undefined) return undefined
  endProgress(session)
  const lines = choices.map(({ title }, index) => `  ${index + 1}  ${forTerminal(title)}\n`)
  world.stderr.write(`${question}\n${lines.join('')}`)
  const prompt = proposed === undefined ? 'Number: ' : `Number [${proposed + 1}]: `
  for (let tried = 0; tried < tries; tried++) {
    const answer = (await world.ask(prompt))?.trim()
    if (answer === undefined) return undefined
    const chosen =
      answer === '' && proposed !== undefined
        ? choices[proposed]
        : choices.find(({ word }, index) => answer === String(index + 1) || answer.toLowerCase() === word.toLowerCase())
    if (chosen !== undefined) return chosen.value
    world.stderr.write(`It is a number from 1 to ${choices.length}.\n`)
  }
  return undefined
}

/** Yes or no, yes being proposed. Undefined where nobody can be asked. */
export async function askYes({ world }: Session, question: string): Promise<boolean | undefined> {
  const answer = await world.ask?.(`${question} (Y/n) `)
  return answer === undefined ? (world.ask === undefined ? undefined : false) : /^(y(es)?)?$/i.test(answer.trim())
}
