import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js'

/** Answers one call: bytes in, bytes out. It never fails. */
export type Answer = (request: Uint8Array) => Promise<Uint8Array>

/** A gRPC service of calls that take one message and give one. Messages stay bytes, so that a broken one is answered like any other. */
export function grpcService(
  name: string,
  answers: Readonly<Record<string, Answer>>,
): { readonly definition: ServiceDefinition; readonly implementation: UntypedServiceImplementation } {
  const same = (bytes: Buffer): Buffer => bytes
  const names = Object.keys(answers)
  return {
    definition: Object.fromEntries(
      names.map(call => [
        call,
        {
          path: `/${name}/${call}`,
          requestStream: false,
          responseStream: false,
          requestSerialize: same,
          requestDeserialize: same,
          responseSerialize: same,
          responseDeserialize: same,
        },
      ]),
    ),
    implementation: Object.fromEntries(
      Object.entries(answers).map(([call, answer]) => [
        call,
        ({ request }: { request: Uint8Array }, done: (error: null, response: Buffer) => void) => {
          void answer(request).then(bytes => done(null, Buffer.from(bytes)))
        },
      ]),
    ),
  }
}
