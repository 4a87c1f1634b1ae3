/** An error answer of the API. Thrown by whatever finds that a request cannot be carried out; the rim answers it. */
export class Refusal extends Error {
  readonly status: number
  readonly body: (id: string) => object

  constructor(status: number, message: string, body: (id: string) => object) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.body = body
  }
}

/** An error of the Organizations API: its codes are those of ref 4. */
export const refuse = (status: number, code: string, title: string, detail = title): Refusal =>
  new Refusal(status, title, id => ({ errors: [{ id, status: String(status), code, title, detail }] }))

/** An answer of the gateway in front of the API, which knows no `ADMIN-` codes (ref 4: Gateway 404, Scope 403). */
export const refuseAtGateway = (status: number, message: string, members: object = {}): Refusal =>
  new Refusal(status, message, () => ({ code: status, message, ...members }))

/** A body, or a member of it, that is not what the route takes. */
export const badBody = (detail: string): Refusal => refuse(400, 'ADMIN-400-24', 'Invalid request body', detail)

/** Something of this organization that is not there. */
export const notFound = (code: string, detail: string): Refusal => refuse(404, code, 'Not found', detail)

/** What the admin behind the key may not do: no scope would help (ref 4). */
export const forbidden = (detail: string): Refusal =>
  refuse(403, 'ADMIN-403-3', 'You may not manage this organization', detail)
