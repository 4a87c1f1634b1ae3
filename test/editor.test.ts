import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The published schema in the editor: the YAML language server, driven over its protocol. */

const text = `kind: ExternalUserPolicy
name: external
settings:
  authorizationMethod: 
  apiTokens: block
  
---
kind: 
---
kind: IpAllowlist
name: Office
ranges: [203.0.113.0/24]
enbled: true
`

const settings = {
  yaml: {
    schemas: { [pathToFileURL('schemas/policy.schema.json').href]: '*.yaml' },
    completion: true,
    hover: true,
    validate: true,
  },
}

const uri = 'file:///policies/some.yaml'
const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } })

describe('an editor with the YAML language server', () => {
  const packageFile = createRequire(import.meta.url).resolve('yaml-language-server/package.json')
  const server = spawn(process.execPath, [join(dirname(packageFile), 'bin/yaml-language-server'), '--stdio'])
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  let problems: readonly { readonly message: string }[] = []

  beforeAll(async () => {
    const checked = new Promise<void>(resolve => {
      connection.onNotification(
        'textDocument/publishDiagnostics',
        ({ diagnostics }: { diagnostics: typeof problems }) => {
          problems = diagnostics
          if (diagnostics.length > 0) resolve()
        },
      )
    })
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? settings.yaml : null)),
    )
    connection.onRequest('client/registerCapability', () => null)
    connection.listen()
    const completionItem = { snippetSupport: true, documentationFormat: ['markdown'] }
    const capabilities = {
      textDocument: { completion: { completionItem }, hover: { contentFormat: ['markdown'] } },
      workspace: { configuration: true },
    }
    await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities })
    await connection.sendNotification('initialized', {})
    await connection.sendNotification('workspace/didChangeConfiguration', { settings })
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    })
    await checked
  })

  afterAll(() => {
    connection.dispose()
    server.kill()
  })

  const completions = async (line: number, character: number): Promise<readonly string[]> => {
    const { items } = await connection.sendRequest<{ items: { label: string }[] }>(
      'textDocument/completion',
      at(line, character),
    )
    return items.map(({ label }) => label)
  }

  it('completes the kinds, the fields that are left, and the values', async () => {
    expect(await completions(7, 6)).toEqual([
      'Organization',
      'AuthenticationPolicy',
      'ExternalUserPolicy',
      'IpAllowlist',
      'CoverageRequirement',
      'Exception',
    ])
    expect(await completions(5, 2)).toEqual(['identityProvider', 'sessionDuration', 'billable'])
    expect(await completions(3, 23)).toEqual(['none', 'one-time-passcode', 'single-sign-on'])
  })

  it('explains a setting and each of its values', async () => {
    const { contents } = await connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', at(4, 4))
    expect(contents.value).toContain('A token is never asked for a passcode')
    expect(contents.value).toContain('API tokens of external users fail, existing ones too.')
  })

  it('marks what the schema refuses', () => {
    expect(problems.map(({ message }) => message).join('\n')).toContain('enbled')
  })
})
