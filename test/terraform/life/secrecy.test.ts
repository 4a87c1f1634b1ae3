import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bareMembership, barePolicies, office, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

/** The files below some folders that hold a text. */
const holding = (text: string, folders: readonly string[]): readonly string[] =>
  folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
      .map(({ name }) => name),
  )

describeLife('the key', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  afterAll(() => life.end())

  it.each([
    ['environment', {}, provider()],
    [
      'provider block',
      { POSTERN_API_KEY: '' },
      `${provider({ more: 'api_key = var.key' })}\nvariable "key" {\n  sensitive = true\n  ephemeral = true\n}\n`,
    ],
  ])('from the %s is in no output, log, plan, state or ledger', async (_where, without, block) => {
    life.startOver()
    life.main(block + barePolicies + bareMembership + office)
    const key = life.simulator.apiKey
    const env = { ...without, TF_VAR_key: key, TF_LOG: 'trace' }
    ended(await life.terraform(['plan', '-out=plan.bin'], { env }), 0)
    ended(await life.terraform(['apply', 'plan.bin'], { env }), 0)
    expect(life.printed()).toContain('[TRACE]')
    const shown = await life.terraform(['show', '-json', 'plan.bin'])
    expect(shown.stdout).toContain('postern_membership')
    expect(life.printed()).not.toContain(key)
    expect(holding(key, [life.space.folder, life.ledgerFolder])).toEqual([])
    expect(holding('Staff behind Okta', [life.ledgerFolder])).not.toEqual([])
  })
})
