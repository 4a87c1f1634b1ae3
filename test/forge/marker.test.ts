import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ForgeSystem } from '../../src/forge/contract.ts'
import { markerIn, withMarker, type Marker } from '../../src/forge/marker.ts'

const systems: readonly ForgeSystem[] = ['github', 'gitlab', 'bitbucket']
const sealKey = 'a secret of the pipeline'
const marker: Marker = { what: 'plan', folder: 'policies', run: '123001', head: 'abc123', digest: 'sha256:0a1b' }
const anyMarker: fc.Arbitrary<Marker> = fc.record(
  {
    what: fc.constantFrom('plan', 'applied', 'drift'),
    folder: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('-->', ')\n', '"}', 'a--b', '<!--', '\\u002d')),
    run: fc.nat().map(String),
    head: fc.string(),
    digest: fc.string({ unit: 'grapheme' }),
  },
  { requiredKeys: ['what', 'folder', 'run', 'head'] },
)

describe('a marker', () => {
  it('is an HTML comment, or a link definition where HTML is shown', () => {
    const line = '{"what":"plan","folder":"policies","run":"123001","head":"abc123","digest":"sha256:0a1b"}'
    expect(withMarker('Hello', marker, { system: 'github' })).toBe(`Hello\n\n<!-- postern ${line} -->`)
    expect(withMarker('Hello', marker, { system: 'gitlab' })).toBe(`Hello\n\n<!-- postern ${line} -->`)
    expect(withMarker('Hello', marker, { system: 'bitbucket' })).toBe(`Hello\n\n[//]: # (postern ${line})`)
  })

  it('is read as it was written, whatever it holds, and nothing in it can end it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyMarker, fc.constantFrom(...systems), (body, of, system) => {
        const text = withMarker(body, of, { system, sealKey })
        expect(markerIn(text, { system, sealKey })).toEqual({ marker: of, sealed: 'intact' })
        const line = text.slice(text.lastIndexOf('\n') + 1)
        expect(line).toMatch(
          system === 'bitbucket' ? /^\[\/\/\]: # \(postern [^()[\]\n]*\)$/ : /^<!-- postern [^<>\n-]*-->$/,
        )
      }),
    )
  })

  it('survives the line ends of a browser and trimming', () => {
    const text = withMarker('One\n\nTwo', marker, { system: 'github', sealKey })
    expect(markerIn(`${text.replaceAll('\n', '\r\n')}\r\n`, { system: 'github', sealKey })?.sealed).toBe('intact')
  })

  const line = withMarker('', marker, { system: 'github' }).trim()
  it.each([
    ['no text', ''],
    ['none', 'Hello'],
    ['in the middle', `${line}\n\nHello`],
    ['behind a word', `Hello ${line}`],
    ['quoted', `> ${line}`],
    ['indented', `Hello\n\n    ${line}`],
    ['in a code block', `\`\`\`\n${line}\n\`\`\``],
    ['cut off', line.slice(0, -5)],
    ['of another forge', withMarker('Hello', marker, { system: 'bitbucket' })],
    ['no JSON', '<!-- postern {what} -->'],
    ['a list', '<!-- postern [] -->'],
    ['a space more', line.replace('{', '{ ')],
    ['a member more', line.replace('{', '{"more":"x",')],
    ['other order', line.replace('"what":"plan","folder":"policies"', '"folder":"policies","what":"plan"')],
    ['something else', line.replace('"plan"', '"poem"')],
    ['no run', line.replace('"123001"', '"latest"')],
    ['a run that is a number', line.replace('"123001"', '123001')],
    ['a character that is always escaped', line.replace('policies', 'p-q')],
    ['two', `${line}${line}`],
  ])('is not found where it is %s', (_, body) => {
    expect(markerIn(body, { system: 'github' })).toBeUndefined()
  })

  it('counts where it is the last of two', () => {
    const copied = withMarker('Old', { ...marker, run: '1' }, { system: 'github' })
    expect(markerIn(withMarker(copied, marker, { system: 'github' }), { system: 'github' })?.marker.run).toBe('123001')
  })
})

describe('a seal', () => {
  const options = { system: 'gitlab', sealKey } as const
  const text = withMarker('91.2 % → 99.4 %', marker, options)
  it.each([
    ['as it is', text, 'intact'],
    ['the text changed', text.replace('99.4', '99.9'), 'broken'],
    ['something in front', `Hello\n\n${text}`, 'broken'],
    ['something before the marker', text.replace('\n\n<', '\n\nHello\n\n<'), 'broken'],
    ['the run changed', text.replace('123001', '999999'), 'broken'],
    ['the digest changed', text.replace('0a1b', '0a1c'), 'broken'],
    ['the digest taken out', text.replace(/"digest":"[^"]*",/, ''), 'broken'],
    ['the seal of another key', withMarker('91.2 % → 99.4 %', marker, { ...options, sealKey: 'another' }), 'broken'],
    ['a seal that is too short', text.replace(/"seal":"[^"]*"/, '"seal":"00"'), 'broken'],
    ['the seal taken out', text.replace(/,"seal":"[^"]*"/, ''), 'none'],
  ] as const)('%s', (_, body, sealed) => {
    expect(markerIn(body, options)).toMatchObject({ sealed })
  })

  it('says nothing without a key', () => {
    expect(markerIn(text, { system: 'gitlab' })).toMatchObject({ sealed: 'none' })
    expect(withMarker('x', marker, { system: 'gitlab' })).not.toContain('seal')
  })

  it('does not hold its key', () => {
    expect(text).not.toContain(sealKey)
  })
})

it('GitLab carries nothing out that a text says', () => {
  const text = withMarker('/close\n  /approve\nsee /etc/passwd and a/b\n\n/Merge now\n/ 2', marker, {
    system: 'gitlab',
  })
  expect(text.split('\n').slice(0, 6)).toEqual([
    '\\/close',
    '  \\/approve',
    'see /etc/passwd and a/b',
    '',
    '\\/Merge now',
    '/ 2',
  ])
  expect(withMarker('/close', marker, { system: 'github' })).toMatch(/^\/close\n/)
})
