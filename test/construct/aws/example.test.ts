import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { namesOf } from '../../../src/construct/aws/names.ts'
import { runnerSettings } from '../../../src/construct/aws/settings.ts'
import { askedIn } from '../../../src/lambda/event.ts'
import { readInventory } from '../../../src/lambda/inventory.ts'
import { documentsKey, inventoryKey } from '../../../src/lambda/places.ts'
import { sample } from './synth.ts'

const workflow = readFileSync('examples/aws/apply.yml', 'utf8')
const { env, on, permissions, jobs } = parse(workflow) as {
  readonly env: Readonly<Record<string, string>>
  readonly on: unknown
  readonly permissions: unknown
  readonly jobs: { readonly apply: { readonly steps: readonly { readonly run?: string }[] } }
}
const text = jobs.apply.steps.map(({ run = '' }) => run).join('\n')

describe('the workflow of the example', () => {
  it('is the one that the page shows', () => {
    expect(readFileSync('docs/aws.md', 'utf8')).toContain(`\`\`\`yaml\n${workflow}\`\`\``)
  })

  it('names what the construct creates', () => {
    const settings = runnerSettings(sample)
    const { of, arn } = namesOf(settings)
    expect(env).toEqual({
      AWS_REGION: settings.region,
      ROLE: `arn:aws:iam::${settings.account}:role/${of('github')}`,
      BUCKET: settings.bucketName,
      APPLY: arn('lambda', `function:${of('apply')}`),
    })
    expect([on, permissions]).toEqual([
      { push: { branches: [settings.github.branch] } },
      { contents: 'read', 'id-token': 'write' },
    ])
  })

  it('uploads where the function looks, and hands over an event that it takes', () => {
    expect(text).toContain(documentsKey('$GITHUB_SHA'))
    const [, members = ''] = /jq -n '(\{commit.*\})'/.exec(text) ?? []
    const values: Readonly<Record<string, string>> = {
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_ACTOR: 'alice-gh',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/policies',
      GITHUB_RUN_ID: '123',
    }
    const json = members
      .replace(/(\w+): /g, '"$1": ')
      .replace(/env\.(\w+)/g, (_, name: string) => JSON.stringify(values[name]))
    expect(askedIn(JSON.parse(json))).toMatchObject({
      ok: true,
      value: { commit: values['GITHUB_SHA'], author: 'alice-gh', ci: { repository: 'acme/policies', run: '123' } },
    })
  })
})

describe('the fleet of the example', () => {
  it('has an inventory that is right, shown on the page, and uploaded where it is looked for', () => {
    const inventory = readFileSync('examples/aws/inventory.json', 'utf8')
    const page = readFileSync('docs/fleet.md', 'utf8')
    expect(readInventory(inventory).ok).toBe(true)
    expect(page).toContain(`\`\`\`json\n${inventory}\`\`\``)
    expect(page).toContain(inventoryKey('$GITHUB_SHA'))
  })
})
