import type { Json } from './json.ts'

/**
 * One request to the Admin API, exactly as it is sent. `path` starts at the host (`/admin/control/v1/orgs/…`); a plan may
 * hold `{created}` in it, which stands for the id that an earlier request of the same step brought back.
 */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: Json
}
