import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { afterAll, describe, expect, it } from 'vitest'
import { isValueObject, type ValueObject } from '../../../src/blocks/value.ts'
import { answer } from '../../../src/terraform/protocol/answer.ts'
import { grpcService, type Answer } from '../../../src/terraform/protocol/grpc-service.ts'
import { providerCalls } from '../../../src/terraform/protocol/provider-calls.ts'
import { startPlugin } from '../plugin-client.ts'
import { smallProvider } from '../small-provider.ts'
import { describeTerraform, workspace } from '../terraform.ts'

/** What a real Terraform asked and was content with. RECORD=1 writes it anew. */
const file = new URL('../recorded/small-thing.json', import.meta.url)

interface Recorded {
  readonly call: string
  readonly request: string
  readonly response: string
}

const keeping = smallProvider({
  // In a state, a value of any type stands beside its type.
  upgrade: (_type, _version, state) => {
    const known = state as unknown as ValueObject
    const { anything = null } = known
    const value = isValueObject(anything) ? (anything['value'] ?? null) : null
    return Promise.resolve({ problems: [], state: { ...known, anything: value } })
  },
  plan: async (type, input) => {
    const { requiresReplace, ...planned } = await smallProvider().plan(type, input)
    return { ...planned, ...(requiresReplace && { requiresReplace: [[{ attribute: 'on' }]] }) }
  },
})

describe('recorded calls of a real Terraform', () => {
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[]

  it('are of every sort', () => {
    expect([...new Set(recorded.map(({ call }) => call))].sort()).toEqual(
      Object.keys(providerCalls)
        .filter(call => !['GetMetadata', 'GetFunctions', 'StopProvider'].includes(call))
        .sort(),
    )
  })

  it('are answered as they were', async () => {
    const plugin = await startPlugin({ provider: keeping })
    for (const { call, request, response } of recorded) {
      const answered = await plugin.send(`/tfplugin6.Provider/${call}`, Buffer.from(request, 'base64'))
      expect(Buffer.from(answered).toString('base64'), call).toBe(response)
    }
    await plugin.close()
  })
})

const configuration = (name: string, on: boolean) => `
terraform {
  required_providers {
    small = { source = "postern/small" }
  }
}
provider "small" {
  key = "k"
}
resource "terraform_data" "later" {
  input = "only known once applied: ${name}"
}
data "small_look" "now" {
  name = "now"
}
data "small_look" "later" {
  name = terraform_data.later.id
}
resource "small_thing" "first" {
  name     = "${name}"
  amount   = 0.1
  on       = ${on}
  secret   = sensitive("s")
  words    = ["b", "a", "b", terraform_data.later.output]
  tags     = ["y", "x"]
  labels   = { "__proto__" = "p", "a b" = data.small_look.now.name }
  shape    = { side = 1180591620717411303424, colour = null }
  anything = ["a", 1, { b = true }]
  parts    = { one = { weight = -12.5, notes = [] }, two = {} }
  one      = { name = "\\u00fc\\u0000" }
  many     = [{ name = "m" }, {}]
  some     = [{ name = terraform_data.later.output }, { name = "s" }]
}
resource "small_thing" "second" {
  name = "after \${small_thing.first.id}"
}
`

describeTerraform('a real Terraform', () => {
  const space = workspace()
  const folder = mkdtempSync(join(tmpdir(), 'postern-recorded-'))
  const calls = new Map<string, Recorded>()
  const server = new Server()
  afterAll(() => {
    server.forceShutdown()
    space.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  it('makes, changes, replaces, imports and destroys through the wire', async () => {
    const answers = Object.entries(providerCalls).map(([name, call]): [string, Answer] => [
      name,
      async bytes => {
        const answered = await answer(name, call, Promise.resolve(keeping), bytes)
        const [request, response] = [bytes, answered].map(each => Buffer.from(each).toString('base64')) as [
          string,
          string,
        ]
        calls.set(name + request, { call: name, request, response })
        return answered
      },
    ])
    const { definition, implementation } = grpcService('tfplugin6.Provider', Object.fromEntries(answers))
    server.addService(definition, implementation)
    const path = join(folder, 'socket')
    await new Promise((done, failed) => {
      server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), error =>
        error === null ? done(undefined) : failed(error),
      )
    })
    const reattach = { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true }
    const env = {
      TF_REATTACH_PROVIDERS: JSON.stringify({
        'registry.terraform.io/postern/small': { ...reattach, Addr: { Network: 'unix', String: path } },
      }),
    }
    const terraform = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await space.run(args, { env })
      expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
      return stdout
    }
    space.write({ 'required.tf': '', 'main.tf': configuration('n', true) })
    await terraform('init')
    await terraform('validate')
    expect(await terraform('apply', '-auto-approve')).toContain('Resources: 3 added, 0 changed, 0 destroyed')
    expect(await terraform('plan', '-detailed-exitcode')).toContain('No changes')
    space.write({ 'main.tf': configuration('m', true) })
    expect(await terraform('apply', '-auto-approve')).toContain('Resources: 0 added, 2 changed, 0 destroyed')
    space.write({ 'main.tf': `${configuration('m', false)}\nresource "small_thing" "third" {\n  name = "i"\n}\n` })
    await terraform('import', 'small_thing.third', 'i')
    expect(await terraform('apply', '-auto-approve')).toContain('Resources: 1 added, 0 changed, 1 destroyed')
    expect(await terraform('plan', '-detailed-exitcode')).toContain('No changes')
    await terraform('destroy', '-auto-approve')
    if (process.env['RECORD'] === '1') writeFileSync(file, `${JSON.stringify([...calls.values()], undefined, 2)}\n`)
  })
})
