import type { ApiRequest } from '../model/api-request.ts'
import type { Operation } from './catalogue/operation.ts'
import { operationNamed, operations, type OperationName } from './operations.ts'

/** The operation that a request calls, and the parameters in its path, decoded. */
export interface OperationMatch {
  readonly name: OperationName
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const pattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split('/')
      .map(part => (part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/]+)` : escape(part)))
      .join('/')}$`,
  )

const parameters = (path: string): number => path.split('{').length - 1

// `users/count` before `users/{accountId}`: what is spelled out wins over a parameter.
const routes = (Object.keys(operations) as OperationName[])
  .map(name => ({ name, operation: operationNamed(name), pattern: pattern(operations[name].path) }))
  .sort((a, b) => parameters(a.operation.path) - parameters(b.operation.path))

// A path that a URL parser would rewrite (`..`, `%2e%2e`, a backslash) must not match one operation and call another.
const isPlain = (path: string): boolean =>
  URL.canParse(path, 'https://host') && new URL(path, 'https://host').pathname === path

/** Finds the catalogued operation of a request by method and path; a query is not looked at. */
export function matchOperation(method: ApiRequest['method'], pathAndQuery: string): OperationMatch | undefined {
  const [path = ''] = pathAndQuery.split('?')
  if (!isPlain(path)) return undefined
  for (const { name, operation, pattern } of routes) {
    const found = operation.method === method ? pattern.exec(path) : null
    if (found === null) continue
    const params = decoded(found.groups ?? {})
    return params && { name, operation, params }
  }
  return undefined
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    return undefined // a stray percent sign
  }
}
