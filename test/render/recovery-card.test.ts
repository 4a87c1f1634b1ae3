import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { accounts, markdown, part, recovery, text, undo, whole } from './recoveries.ts'

describe('a card for a terminal', () => {
  it('is this', () => {
    expect(text(recovery()).split('\n')).toEqual([
      'Recovery card for “acme”',
      '  How to undo by hand what this run makes stricter. Undo only what was carried',
      '  out: the result of the run says which steps that are.',
      '  - Organization: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
      '  - Run: run-1',
      '  - Plan: 758c7d6a46d4f83588b0903cf3074b67460e66547b1299896c4ab4faeaac9908',
      '  - The same with the API key: postern revert run-1 --out revert.json, then',
      '    postern apply revert.json (a plan like any other: what loosens needs its',
      '    approvals)',
      '',
      'Who can do it',
      '  - Organization admins who can still sign in:',
      '      ada@acme.com',
      '  - Break-glass account “root@acme.com”',
      '  - Break-glass account “root@x.example” (its mail can be read without the',
      '    identity provider)',
      '',
      'What to undo',
      '',
      '1. 2 accounts move into “Staff”',
      '  - Back to “Rest” (2 accounts): add them to its members by address: up to 20',
      '    typed at once, or a CSV file of up to 10,000',
      '  - Page: https://admin.example/o/1/page',
      '  - Or click: Security → A page',
      '  - Accounts:',
      '      user0@acme.com, user1@acme.com',
      '  - Atlassian moves them in the background and mails when it is done. It holds',
      '    from their next sign-in',
      '',
      'If nobody can sign in',
      '  - Sign in with a break-glass account: it is kept outside of what may fail.',
      '  - The API key goes on working, since authentication policies do not apply to',
      '    it; an IP allowlist may. Where the key is: postern revert run-1 --out',
      '    revert.json plans to undo the steps of the API, and postern apply',
      '    revert.json does it. Those of the console wait for somebody who can sign in.',
      '  - The last way is Atlassian support. Its portal may send you to the same',
      '    identity provider: use an account outside of it.',
      '',
    ])
  })

  it.each([49, 50, 51, 5000])('shows at most 50 of %d names, and the saved card all', count => {
    const card = recovery({ undo: [undo({ parts: [{ ...part, policy: 'Rest', accounts: accounts(count) }] })] })
    const shown = text(card)
    expect(shown.match(/user\d+@/g)).toHaveLength(Math.min(50, count))
    if (count > 50) expect(shown.replace(/\s+/g, ' ')).toContain(`and ${count - 50} more: the saved card has them all`)
    else expect(shown).not.toContain('more: the saved')
    expect(markdown(card).match(/^ {2}- `user\d+@acme\.com`$/gm)).toHaveLength(count)
  })

  it.each([80, 120])('is %d columns wide', width => {
    for (const line of text(whole, width).split('\n')) {
      // An address of a page is one word.
      if (!line.includes('https://')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    }
  })
})

describe('a saved card', () => {
  it('is this', () => {
    expect(markdown(whole)).toMatchInlineSnapshot(`
      "# Recovery card for \`acme\`

      How to undo by hand what this run makes stricter. Undo only what was carried
      out: the result of the run says which steps that are.

      - Organization: \`96c9b91d-3eab-41b4-9d9c-09eb84db70cf\`
      - Run: \`run-1\`
      - Plan: \`758c7d6a46d4f83588b0903cf3074b67460e66547b1299896c4ab4faeaac9908\`
      - The same with the API key: \`postern revert run-1 --out revert.json\`, then
        \`postern apply revert.json\` (a plan like any other: what loosens needs its
        approvals)

      ## Who can do it

      - Organization admins who can still sign in:
        - \`ada@acme.com\`
      - Break-glass account \`root@acme.com\`
      - Break-glass account \`root@x.example\` (its mail can be read without the
        identity provider)

      ## What to undo, the last step first

      ### 1. 2 accounts move into \`Staff\`

      - Back to \`Rest\` (2 accounts): add them to its members by address: up to 20
        typed at once, or a CSV file of up to 10,000
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - Accounts:
        - \`user0@acme.com\`
        - \`user1@acme.com\`
      - Atlassian moves them in the background and mails when it is done. It holds
        from their next sign-in

      ### 2. 1 account loses access

      - Give access back to 1 account: the opposite of “Suspend access”. Roles and
        groups come back with it
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - Accounts:
        - \`user0@acme.com\`
      - How long it takes until access is back is not documented

      ### 3. The IP allowlist \`Office\` is made

      - Delete it
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - Atlassian applies it in the background: how long that takes is not documented
      - If your own address is shut out, do it from one that the allowlist lets in:
        - \`192.0.2.1\`

      ### 4. The IP allowlist \`Office\` changes

      - Set its settings back to what they were
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - \`Addresses\` to:
        - \`192.0.2.1\`
        - \`192.0.2.2\`
      - Atlassian applies it in the background: how long that takes is not documented

      ### 5. The IP allowlist \`Office\` is deleted

      - Make it anew, as it was
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - Atlassian applies it in the background: how long that takes is not documented

      ### 6. The external user policy \`a name\` changes in the console

      - Set its settings back to what they were
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - \`A setting\` to \`none\`
      - It holds after about 10 minutes

      ### 7. The authentication policy \`a name\` may change in the console

      - Set back what was changed there
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`
      - \`A setting\`: as it was. Look into the audit log, or ask who set it
      - It holds from the next sign-in

      ## If single sign-on fails for everybody

      Who can sign in edits the policy and unticks single sign-on: its members then
      sign in with their Atlassian password.

      - Policy \`Staff\`
      - Page: <https://admin.example/o/1/page>
      - Or click: \`Security\` → \`A page\`

      ## If nobody can sign in

      - Sign in with a break-glass account: it is kept outside of what may fail.
      - The API key goes on working, since authentication policies do not apply to it;
        an IP allowlist may. Where the key is:
        \`postern revert run-1 --out revert.json\` plans to undo the steps of the API,
        and \`postern apply revert.json\` does it. Those of the console wait for
        somebody who can sign in.
      - The last way is Atlassian support. Its portal may send you to the same
        identity provider: use an account outside of it.
      "
    `)
  })

  it('is 80 columns wide, but for an address or a name that is longer', () => {
    const long = recovery({
      undo: [undo({ name: 'x'.repeat(90), parts: [{ ...part, policy: 'y '.repeat(50), accounts: accounts(1) }] })],
    })
    for (const line of markdown(whole).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
    const wide = markdown(long)
      .split('\n')
      .filter(line => stringWidth(line) > 80)
    expect(wide).toHaveLength(2)
  })
})

describe('who can do it', () => {
  it('says so where nobody is known', () => {
    const shown = text(recovery({ admins: [], breakGlass: [] }))
    expect(shown).toContain('  - Of no organization admin is it known that they can sign in after this run.\n')
    expect(shown).toContain('  - No break-glass account is known that can sign in after this run.\n')
    expect(shown).not.toContain('Sign in with a break-glass account')
  })

  it('warns of a mailbox that goes with the identity provider', () => {
    const shown = text(recovery({ breakGlass: [{ email: 'root@x.example', mailbox: 'dependent' }] }))
    expect(shown.replace(/\s+/g, ' ')).toContain(
      '“root@x.example” (its mail cannot be read without the identity provider)',
    )
  })
})
