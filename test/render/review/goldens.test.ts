import { describe, expect, it } from 'vitest'
import { expectHarmless } from './rendered.ts'
import { goldens, linePage } from './reviews.ts'

describe('Markdown for reviewers', () => {
  it('has no HTML where that is not known', () => expect(goldens['unfolded']).not.toMatch(/<(?!https:)/))

  it.each(Object.entries(goldens))('%s', async (name, markdown) => {
    await expect(markdown).toMatchFileSnapshot(`./${name}.md`)
    expectHarmless(markdown, [linePage, 'https://admin.atlassian.com/o/96c9b91d'])
    // Nobody is named in full.
    expect(markdown).not.toMatch(/[\w.-]{2,}(?<!3f0c9a71be5d2284)@\u200d?[\w-]+\.\w/)
  })
})
