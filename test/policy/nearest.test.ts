import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/policy/nearest.ts'

const fields = ['kind', 'name', 'id', 'apiTokens', 'apiTokenExpiration', 'idleSession', 'members']

describe('the name that was probably meant', () => {
  it.each([
    ['apiToken', 'apiTokens'],
    ['apitokens', 'apiTokens'],
    ['APITOKENS', 'apiTokens'],
    ['idelSession', 'idleSession'],
    ['member', 'members'],
    ['nmae', undefined],
    ['nam', 'name'],
    ['ID', 'id'],
    ['i', 'id'],
    ['singleSignOn', undefined],
    ['', undefined],
    ['x', undefined],
    ['__proto__', undefined],
  ])('%s: %s', (written, meant) => expect(nearest(written, fields)).toBe(meant))

  it('is none where nothing is known', () => expect(nearest('name', [])).toBeUndefined())
})
