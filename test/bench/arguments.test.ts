import { describe, expect, it } from 'vitest'
import { readArguments } from '../../bench/arguments.ts'

const names = ['start-up', 'validate', 'plan']
const nothing = { only: [], rounds: undefined, json: undefined, quick: false, help: false }

describe('the arguments of the bench', () => {
  it.each([
    [[], nothing],
    [['--only', 'plan'], { ...nothing, only: ['plan'] }],
    [['--only', 'plan,validate', '--only', 'start-up'], { ...nothing, only: ['plan', 'validate', 'start-up'] }],
    [['--rounds', '5', '--json', 'x.json', '--quick'], { ...nothing, rounds: 5, json: 'x.json', quick: true }],
    [['-h'], { ...nothing, help: true }],
  ])('%j are understood', (argv, expected) => {
    expect(readArguments(argv, names)).toEqual(expected)
  })

  it.each([
    [['--only', 'plan,plam'], 'there is no row plam; the rows are start-up, validate, plan'],
    [['--rounds', '0'], '--rounds takes a number from 1 on'],
    [['--rounds', 'many'], '--rounds takes a number from 1 on'],
  ])('%j are refused', (argv, expected) => {
    expect(readArguments(argv, names)).toBe(expected)
  })

  it.each([[['--fast']], [['plan']], [['--only']]])('%j are refused too', argv => {
    expect(readArguments(argv, names)).toBeTypeOf('string')
  })
})
