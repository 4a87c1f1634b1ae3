import { describe, expect, it } from 'vitest'
import type { OrgReader } from '../../src/org/reader.ts'
import { rememberingReader } from '../../src/org/remembering-reader.ts'

/** A reader that counts what it is asked; groups come in two pages, and the first question about domains fails. */
function counting() {
  const asked: string[] = []
  const note = (question: string) => asked.push(question)
  const reader = {
    organization: () => {
      note('organization')
      return Promise.resolve({ id: '1', name: 'acme' })
    },
    domains: () => (note('domains') === 1 ? Promise.reject(new Error('refused')) : Promise.resolve([])),
    accountPolicies: (ids: readonly string[]) => {
      note(`policies of ${ids.join()}`)
      return Promise.resolve([])
    },
    groups: ({ searchTerm = '' } = {}) => ({
      async *[Symbol.asyncIterator]() {
        note(`groups ${searchTerm}`)
        yield await Promise.resolve([{ id: 'a', name: 'a' }])
        yield [{ id: 'b', name: 'b' }]
      },
    }),
  }
  return { asked, reader: rememberingReader(reader as unknown as OrgReader) }
}

describe('a reader that remembers', () => {
  it('asks once, also while the first answer is awaited', async () => {
    const { asked, reader } = counting()
    const [first, second] = await Promise.all([reader.organization(), reader.organization()])
    expect(second).toBe(first)
    expect(await reader.organization()).toBe(first)
    expect(asked).toEqual(['organization'])
  })

  it('tells questions apart by what they ask for', async () => {
    const { asked, reader } = counting()
    await reader.accountPolicies(['x'])
    await reader.accountPolicies(['y'])
    await reader.accountPolicies(['x'])
    expect(asked).toEqual(['policies of x', 'policies of y'])
  })

  it('asks again what failed', async () => {
    const { asked, reader } = counting()
    await expect(reader.domains()).rejects.toThrow('refused')
    expect(await reader.domains()).toEqual([])
    expect(await reader.domains()).toEqual([])
    expect(asked).toEqual(['domains', 'domains'])
  })

  it('gives all pages to each who asks', async () => {
    const { asked, reader } = counting()
    const names = async () => {
      const found: string[] = []
      for await (const page of reader.groups({ searchTerm: 's' })) found.push(...page.map(({ name }) => name))
      return found
    }
    expect(await Promise.all([names(), names()])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(asked).toEqual(['groups s'])
  })
})
