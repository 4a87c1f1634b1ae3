import { Lexer, Parser, isScalar, type CST, type Document } from 'yaml'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { composeDocuments, maximumErrors, type YamlProblem } from './compose-documents.ts'

/** Deeper documents are refused: composing is recursive and no kind needs more than six levels. */
export const maximumDepth = 64

/** Tokens that one file may hold. Their number, not the bytes, is what parsing costs; a hundred thousand addresses fit. */
export const maximumTokens = 650_000

/** The documents of a YAML text. Broken ones are among the diagnostics only, empty ones nowhere. */
export interface ParsedText {
  readonly documents: readonly Document.Parsed[]
  readonly diagnostics: readonly Diagnostic[]
}

/** YAML 1.2 with the core schema: `yes` is a string, a day is a string, keys are strings. Keys that stand twice are left to the reader. */
export function parseYaml(file: string, text: string): ParsedText {
  const tokens = tokenize(file, text)
  if ('code' in tokens) return { documents: [], diagnostics: [tokens] }
  const documents: Document.Parsed[] = []
  const diagnostics: Diagnostic[] = []
  for (const { document, problem } of composeDocuments(tokens, text.length)) {
    // One cause gives many errors in a row: what follows the first is noise.
    if (problem !== undefined) diagnostics.push(explain(file, text, problem))
    else if (document !== undefined && !isEmpty(document)) documents.push(document)
  }
  return { documents, diagnostics }
}

/** The parser keeps its own stack, so that the depth of a hostile text is known before anything recurses into it. */
function tokenize(file: string, text: string): readonly CST.Token[] | Diagnostic {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  const here = () => ({ span: { file, start: parser.offset, end: parser.offset + 1 } })
  let lexemes = 0
  let errors = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token)
      if (token.type === 'error' && ++errors > maximumErrors) return tokens
    }
    if (parser.stack.length > maximumDepth) return diagnostic('policy/too-deep', { limit: maximumDepth }, here())
    if (++lexemes > maximumTokens) return diagnostic('policy/too-many-tokens', { limit: maximumTokens }, here())
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

/** Nothing between two markers, comments alone, or a null: nobody meant a document. */
const isEmpty = ({ contents }: Document.Parsed): boolean =>
  contents === null || (isScalar(contents) && contents.value === null)

function explain(file: string, text: string, { code, message, pos: [start, end] }: YamlProblem): Diagnostic {
  const place = { span: { file, start, end: Math.max(end, start + 1) } }
  switch (code) {
    case 'TAB_AS_INDENT':
      return diagnostic('policy/yaml-tab', {}, place)
    case 'TAG_RESOLVE_FAILED':
      return diagnostic('policy/yaml-tag', { tag: text.slice(start, end).split(/\s/, 1)[0] ?? '' }, place)
    case 'NON_STRING_KEY':
      return diagnostic('policy/yaml-syntax', { message: 'a key must be plain text' }, place)
    default:
      return diagnostic('policy/yaml-syntax', { message: message.split('\n', 1)[0] ?? code }, place)
  }
}
