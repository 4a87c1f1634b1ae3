import { Composer, Lexer, Parser, type CST, type Document } from 'yaml'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'

/** Deeper documents are refused: composing is recursive and no kind needs more than six levels. */
export const maximumDepth = 64

/** The documents of a YAML text. Broken ones are among the diagnostics only. */
export interface ParsedText {
  readonly documents: readonly Document.Parsed[]
  readonly diagnostics: readonly Diagnostic[]
}

/** YAML 1.2 with the core schema: `yes` is a string, a day is a string, keys are strings and stand once. */
export function parseYaml(file: string, text: string): ParsedText {
  const tokens = tokenize(text)
  if ('tooDeepAt' in tokens) {
    const span = { file, start: tokens.tooDeepAt, end: tokens.tooDeepAt + 1 }
    return { documents: [], diagnostics: [diagnostic('policy/too-deep', { limit: maximumDepth }, { span })] }
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    logLevel: 'silent',
  })
  const documents: Document.Parsed[] = []
  const diagnostics: Diagnostic[] = []
  for (const document of composer.compose(tokens.tokens, true, text.length)) {
    // One cause gives many errors in a row: what follows the first is noise.
    const [error] = document.errors
    if (error !== undefined) diagnostics.push(syntaxError(file, text, error))
    else if (document.warnings.length > 0) {
      diagnostics.push(...document.warnings.map(({ pos: [start, end] }) => unsupportedTag(file, text, start, end)))
    } else if (document.contents !== null) documents.push(document)
  }
  return { documents, diagnostics }
}

/** The parser keeps its own stack, so that the depth of a hostile text is known before anything recurses into it. */
function tokenize(text: string): { readonly tokens: readonly CST.Token[] } | { readonly tooDeepAt: number } {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > maximumDepth) return { tooDeepAt: parser.offset }
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens }
}

function syntaxError(
  file: string,
  text: string,
  { code, message, pos: [start, end] }: { code: string; message: string; pos: [number, number] },
): Diagnostic {
  const span = { file, start, end: Math.max(end, start + 1) }
  if (code === 'DUPLICATE_KEY') return diagnostic('policy/duplicate-key', { key: keyAt(text, start) }, { span })
  if (code === 'TAB_AS_INDENT') return diagnostic('policy/yaml-tab', {}, { span })
  return diagnostic('policy/yaml-syntax', { message: message.split('\n', 1)[0] ?? code }, { span })
}

const keyAt = (text: string, start: number): string =>
  /^(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([^:\n]*?))\s*:/
    .exec(text.slice(start, start + 300))
    ?.slice(1)
    .find(Boolean)
    ?.trim() ?? ''

const unsupportedTag = (file: string, text: string, start: number, end: number): Diagnostic =>
  diagnostic('policy/yaml-tag', { tag: text.slice(start, end).split(/\s/, 1)[0] ?? '' }, { span: { file, start, end } })
