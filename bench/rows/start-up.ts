import { join } from 'node:path'
import { alternate, type Contestant } from '../harness/pairs.ts'
import { compared } from '../harness/compared.ts'
import type { Bench, Goal, Line, Row } from '../harness/row.ts'

const policies = join(import.meta.dirname, '../../policies')

/** What Terraform says to a program that it starts (https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md). */
const asTerraform = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '6',
}

/** How long it takes until something happens. */
export const startUp: Row = {
  name: 'start-up',
  title: 'start-up: until something happens',
  async *measure(bench) {
    const floor: Contestant = { command: () => ({ args: ['-e', '0'], env: bench.env }) }
    const version = postern(bench, '--version')
    yield await pair(bench, { 'postern --version': version, 'node -e 0': floor }, { atMost: 1.3 })
    const auth0 = await bench.peers.installed('a0deploy')
    if (auth0.isThere) {
      const command = () => ({ file: auth0.file, args: ['--version'], env: bench.env })
      yield await pair(bench, { 'postern --version': version, 'a0deploy --version': { command } })
    } else yield { type: 'skipped', name: 'a0deploy --version', why: auth0.why }
    const terraform = bench.peers.onPath('terraform', ['version'])
    if (terraform.isThere) {
      // Without the look for a newer version, which would ask the network.
      const env = { ...bench.env, CHECKPOINT_DISABLE: '1' }
      const command = () => ({ file: terraform.file, args: ['version'], env })
      yield await pair(bench, { 'postern --version': version, 'terraform version': { command } })
    } else yield { type: 'skipped', name: 'terraform version', why: terraform.why }
    yield await pair(bench, { 'postern validate policies': postern(bench, 'validate', policies), 'node -e 0': floor })
    // Until it tells Terraform where it listens. Without certificates: making those is not its own time.
    const provider = {
      args: [join(bench.dist, 'terraform-provider-postern')],
      env: { ...bench.env, ...asTerraform },
      untilFirstLine: true,
    }
    yield await pair(bench, { 'provider’s handshake': { command: () => provider }, 'node -e 0': floor })
  },
}

const postern = (bench: Bench, ...args: string[]): Contestant => ({
  command: () => ({ args: [join(bench.dist, 'postern.cjs'), ...args], env: bench.env }),
})

/** Compares two, the first being ours. */
async function pair(bench: Bench, two: Readonly<Record<string, Contestant>>, goal?: Goal): Promise<Line> {
  const [own = '', other = ''] = Object.keys(two)
  bench.say(`${own} and ${other}`)
  const of = await alternate(two, {
    rounds: bench.rounds(bench.quick ? 3 : 31),
    warmUp: bench.quick ? 1 : 4,
  })
  return compared(`${own} / ${other}`, of(own), of(other), goal)
}
