import { expect, it } from 'vitest'
import type { ValuePath } from '../../../src/blocks/value.ts'
import { problemMessage } from '../../../src/terraform/protocol/problem-message.ts'

const attribute = (name: string) => ({ attribute: name })

// Deeper paths cost the line: Terraform then shows that of the whole block.
it.each<readonly [what: string, path: ValuePath, steps: readonly object[]]>([
  ['an attribute', [attribute('name')], [{ attributeName: 'name' }]],
  ['an item of it', [attribute('ranges'), { index: 1 }], [{ attributeName: 'ranges' }, { elementKeyInt: 1 }]],
  ['a member of it', [attribute('settings'), attribute('idle_session')], [{ attributeName: 'settings' }]],
  [
    'a member of an item',
    [attribute('policies'), { key: 'Staff' }, attribute('policy')],
    [{ attributeName: 'policies' }, { elementKeyString: 'Staff' }],
  ],
])('%s is shown with its line', (_what, path, steps) => {
  expect(problemMessage({ severity: 'error', summary: 's', path })).toEqual({
    severity: 1,
    summary: 's',
    attribute: { steps },
  })
})
