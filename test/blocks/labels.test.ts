import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsOf } from '../../src/blocks/labels.ts'

const labelOf = (name: string, ...others: readonly string[]): string => labelsOf([name, ...others]).get(name) ?? ''

const names = fc.uniqueArray(
  fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[aA_ -]{1,4}$/), fc.constantFrom('a', 'A')),
)

describe('labels', () => {
  it.each([
    ['Staff behind Okta', 'Staff_behind_Okta'],
    ['staff', 'staff'],
    ['a-b c', 'a-b_c'],
  ])('of %j is %s', (name, label) => {
    expect(labelOf(name)).toBe(label)
  })

  it.each([
    ['an underscore, which a blank becomes', 'Staff_behind_Okta', /^Staff_behind_Okta_[0-9a-f]{8}$/],
    ['marks', 'Ärzte', /^Arzte_[0-9a-f]{8}$/],
    ['two blanks', 'a  b', /^a_b_[0-9a-f]{8}$/],
    ['a digit at its beginning', '1st', /^_1st_[0-9a-f]{8}$/],
    ['no letter at all', '日本', /^__[0-9a-f]{8}$/],
    ['a template', '${x}', /^x_[0-9a-f]{8}$/],
    ['a name that every object has', '__proto__', /^proto_[0-9a-f]{8}$/],
    ['nothing', '', /^__[0-9a-f]{8}$/],
    ['many letters', 'a'.repeat(255), /^a{60}_[0-9a-f]{8}$/],
  ])('of a name with %s end in a checksum', (_, name, label) => {
    expect(labelOf(name)).toMatch(label)
  })

  it('are identifiers, one for each name, in any order of the names', () => {
    fc.assert(
      fc.property(names, all => {
        const labels = labelsOf(all)
        expect([...labels.keys()].sort()).toEqual([...all].sort())
        expect(new Set(labels.values()).size).toBe(all.length)
        for (const label of labels.values()) expect(label).toMatch(/^[A-Za-z_][A-Za-z0-9_-]{0,80}$/)
        const reversed = labelsOf([...all].reverse())
        for (const name of all) expect(reversed.get(name)).toBe(labels.get(name))
      }),
    )
  })

  it('stay when names are added', () => {
    fc.assert(
      fc.property(names, names, (all, more) => {
        const [before, after] = [labelsOf(all), labelsOf([...all, ...more])]
        for (const name of all) expect(after.get(name)).toBe(before.get(name))
      }),
    )
  })

  it('are told apart where checksums are the same, in any order', () => {
    // Found by trying: what can be read of them is the same, and so is the checksum.
    const [first, second] = ['戲陒揇蒨嵐犠', '僩宄藝樶榨蚿']
    for (const names of [
      [first, second],
      [second, first],
    ])
      expect(Object.fromEntries(labelsOf(names))).toEqual({ [second]: '__a1e2244a', [first]: '__a1e2244a_2' })
  })

  it('leave a name of words its own, where another has a checksum that looks like it', () => {
    const label = labelOf('${x}')
    const words = label.replaceAll('_', ' ')
    for (const names of [
      ['${x}', words],
      [words, '${x}'],
    ])
      expect(Object.fromEntries(labelsOf(names))).toEqual({ [words]: label, '${x}': `${label}_2` })
  })
})
