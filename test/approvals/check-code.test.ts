import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCode, isCode, type CodeHistory, type CodeVerdict } from '../../src/approvals/check-code.ts'
import '../fixed-seed.ts'

const start = Date.parse('2026-11-24T08:00:10Z')
const stepAt = (time: number): number => Math.floor(time / 30_000)

/** Codes that are their time step, so that a test can tell one: right within one step of the clock. */
const stepOf = (code: string, now: Date): number | undefined => {
  const step = stepAt(start) + Number(code) - 500_000
  return Math.abs(step - stepAt(now.getTime())) <= 1 ? step : undefined
}

/** The code of a step, counted from the one at the start. */
const codeOf = (step: number): string => String(500_000 + step)

const wrong = '000000'

interface Attempt {
  readonly code: string
  /** Seconds since the start. */
  readonly at: number
}

function verdicts(attempts: readonly Attempt[]): readonly CodeVerdict[] {
  let history: CodeHistory | undefined
  return attempts.map(({ code, at }) => {
    const verdict = checkCode({ code, now: new Date(start + at * 1000), history, stepOf })
    history = verdict.history
    return verdict
  })
}

const seen = (attempts: readonly Attempt[]): readonly string[] => verdicts(attempts).map(({ is }) => is)

const wrongAt = (...times: readonly number[]): readonly Attempt[] => times.map(at => ({ code: wrong, at }))

describe('a code', () => {
  it.each([
    [-2, 'wrong'],
    [-1, 'right'],
    [0, 'right'],
    [1, 'right'],
    [2, 'wrong'],
  ])('%i steps from the clock is %s', (step, is) => {
    expect(seen([{ code: codeOf(step), at: 0 }])).toEqual([is])
  })

  it.each([
    ['the same again', [0, 0], 'used'],
    ['one before it', [0, -1], 'used'],
    ['one after it', [0, 1], 'right'],
    ['the one before, which was not given', [-1, 0], 'right'],
  ])('after a right one: %s', (_, [first = 0, second = 0], is) => {
    expect(
      seen([
        { code: codeOf(first), at: 0 },
        { code: codeOf(second), at: 0 },
      ]),
    ).toEqual(['right', is])
  })

  it('counts down to the pause, and a right one counts anew', () => {
    const left = verdicts([...wrongAt(0, 1, 2, 3), { code: codeOf(0), at: 4 }, ...wrongAt(5, 6)]).map(verdict =>
      verdict.is === 'wrong' ? verdict.left : verdict.is,
    )
    expect(left).toEqual([4, 3, 2, 1, 'right', 4, 3])
  })

  it('used again, it is no wrong one, and takes no wrong one back', () => {
    const attempts = [{ code: codeOf(0), at: 0 }, ...wrongAt(1), { code: codeOf(0), at: 2 }, ...wrongAt(3)]
    expect(verdicts(attempts).map(({ history }) => history.wrong)).toEqual([0, 1, 1, 2])
  })

  it.each([
    ['12345', false],
    ['1234567', false],
    ['12 456', false],
    ['１２３４５６', false],
    ['12345a', false],
    ['123456\n', false],
    ['', false],
    ['012345', true],
  ])('%j can be one: %s', (text, is) => {
    expect(isCode(text)).toBe(is)
  })
})

describe('the pause', () => {
  const five = wrongAt(0, 1, 2, 3, 4)

  it('begins with the fifth wrong code', () => {
    expect(seen(five)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'paused'])
    expect(verdicts(five).at(-1)).toMatchObject({ wrong: true, until: '2026-11-24T08:05:14.000Z' })
  })

  it.each([
    ['a right code', { code: codeOf(0), at: 5 }, 'paused'],
    ['a right code in its last second', { code: codeOf(10), at: 303 }, 'paused'],
    ['a right code at its end', { code: codeOf(10), at: 304 }, 'right'],
    ['a wrong one at its end', { code: wrong, at: 304 }, 'paused'],
  ])('then %s', (_, attempt, is) => {
    expect(seen([...five, attempt]).at(-1)).toBe(is)
  })

  it('is not made longer by codes that are not looked at', () => {
    const all = verdicts([...five, ...wrongAt(5, 6, 300)])
    expect(new Set(all.slice(4).map(verdict => verdict.is === 'paused' && verdict.until)).size).toBe(1)
  })

  it('is twice as long with each further wrong code, up to an hour', () => {
    let history: CodeHistory | undefined = { wrong: 4 }
    let time = start
    const minutes = Array.from({ length: 6 }, () => {
      const verdict = checkCode({ code: wrong, now: new Date(time), history, stepOf })
      history = verdict.history
      const end = verdict.is === 'paused' ? Date.parse(verdict.until) : 0
      const length = (end - time) / 60_000
      time = end
      return length
    })
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60])
  })

  it('of a time that cannot be read does not end', () => {
    const history = { wrong: 5, pausedUntil: 'soon' }
    expect(checkCode({ code: codeOf(0), now: new Date(start), history, stepOf }).is).toBe('paused')
  })
})

it('no code is ever taken twice, and none while a pause lasts', () => {
  const attempt = fc.record({
    after: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400 })),
    code: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constant(undefined)),
  })
  let taken = 0
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 60 }), sequence => {
      let history: CodeHistory | undefined
      let now = start
      const right: number[] = []
      for (const { after, code } of sequence) {
        now += after * 1000
        const pausedUntil = history?.pausedUntil
        const step = stepAt(now) - stepAt(start) + (code ?? 0)
        const verdict: CodeVerdict = checkCode({
          code: code === undefined ? wrong : codeOf(step),
          now: new Date(now),
          history,
          stepOf,
        })
        if (pausedUntil !== undefined && now < Date.parse(pausedUntil)) expect(verdict.is).toBe('paused')
        if (verdict.is === 'right') right.push(step)
        expect(verdict.history.wrong === 0 || verdict.is !== 'right').toBe(true)
        history = verdict.history
      }
      taken += right.length
      expect([...new Set(right)].sort((a, b) => a - b)).toEqual(right)
    }),
    { numRuns: 500 },
  )
  expect(taken).toBeGreaterThan(500)
})
