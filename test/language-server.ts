import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'

export interface Completion {
  readonly label: string
  readonly insertText: string
  readonly documentation: string
}

/** The YAML language server, asked as an editor asks it: about the place of `¦` in a text. */
export interface LanguageServer {
  readonly completions: (text: string) => Promise<readonly Completion[]>
  readonly hover: (text: string) => Promise<string>
  /** What it marks in a text that is wrong. */
  readonly problems: (text: string) => Promise<readonly string[]>
  readonly stop: () => void
}

/** As editors start it, without a setting; only its look into a catalog on the internet is off. The texts are files of the folder given. */
export async function languageServer(folder: string): Promise<LanguageServer> {
  const manifest = createRequire(import.meta.url).resolve('yaml-language-server/package.json')
  const server = spawn(process.execPath, [join(dirname(manifest), 'bin/yaml-language-server'), '--stdio'])
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  const marked = new Map<string, (messages: readonly string[]) => void>()
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: readonly { readonly message: string }[] }) => {
      if (diagnostics.length > 0) marked.get(uri)?.(diagnostics.map(({ message }) => message))
    },
  )
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
    items.map(({ section }) => (section === 'yaml' ? { schemaStore: { enable: false } } : null)),
  )
  connection.onRequest('client/registerCapability', () => null)
  connection.listen()
  const completionItem = { snippetSupport: true, documentationFormat: ['markdown'] }
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {
      textDocument: { completion: { completionItem }, hover: { contentFormat: ['markdown'] } },
      workspace: { configuration: true },
    },
  })
  await connection.sendNotification('initialized', {})

  let opened = 0
  async function open(text: string) {
    const [before = '', after = ''] = text.split('¦')
    const uri = pathToFileURL(join(folder, `edited-${opened++}.yaml`)).href
    const lines = before.split('\n')
    const textDocument = { uri, languageId: 'yaml', version: 1, text: before + after }
    const problems = new Promise<readonly string[]>(resolve => marked.set(uri, resolve))
    await connection.sendNotification('textDocument/didOpen', { textDocument })
    return {
      place: { textDocument: { uri }, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } },
      problems,
    }
  }

  return {
    completions: async text => {
      const { place } = await open(text)
      const { items } = await connection.sendRequest<{ items: readonly RawCompletion[] }>(
        'textDocument/completion',
        place,
      )
      return items.map(({ label, insertText = label, documentation = '' }) => ({
        label,
        insertText,
        documentation: typeof documentation === 'string' ? documentation : documentation.value,
      }))
    },
    hover: async text => {
      const { place } = await open(text)
      const found = await connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', place)
      return found?.contents.value ?? ''
    },
    problems: async text => (await open(text)).problems,
    stop: () => {
      connection.dispose()
      server.kill()
    },
  }
}

interface RawCompletion {
  readonly label: string
  readonly insertText?: string
  readonly documentation?: string | { readonly value: string }
}
