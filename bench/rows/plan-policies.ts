import { join } from 'node:path'
import { newFolder } from '../harness/children.ts'
import { compared } from '../harness/compared.ts'
import { expectEqual } from '../harness/expect-equal.ts'
import { oneProcess } from '../harness/one-process.ts'
import { alternate, type Contestant } from '../harness/pairs.ts'
import type { Bench, Line, Row } from '../harness/row.ts'
import { startServer } from '../harness/server-process.ts'
import { startSimulator, type RunningSimulator } from '../harness/simulator.ts'
import { isOff, scenarioOf, writePolicies, writeTenant, writeTerraform } from './policy-folders.ts'

/** Milliseconds until an API answers, ours and that of others. */
const latency = 20

/** A plan of many documents, each with one account: what others of its kind take for as many things of their own. */
export const planPolicies: Row = {
  name: 'policies',
  title: 'plan of 1,000 policies, 100 of which have to change',
  async *measure(bench) {
    const size = bench.quick ? 100 : 1000
    const simulator = await startSimulator(bench, {
      options: { scenario: scenarioOf(size), rateLimits: 'off' },
      latency,
      named: { groups: [], allowlists: [], breakGlass: [] },
    })
    try {
      const own = ownPlan(bench, simulator, size)
      yield* besideTerraform(bench, own, size, simulator.signal)
      yield* besideAuth0(bench, own, size, simulator.signal)
    } finally {
      simulator.stop()
    }
    yield {
      type: 'note',
      text: `Answers come after ${latency} ms, save for terraform_data, which asks nobody: Terraform reads its state and refreshes it. Auth0’s own entities are resource servers, planned by \`a0deploy import --dry-run\`.`,
    }
  },
}

const off = (size: number): number => Array.from({ length: size }, (_, index) => index).filter(isOff).length

function ownPlan(bench: Bench, { url, apiKey }: RunningSimulator, size: number): Contestant {
  const folder = writePolicies(size)
  return {
    command: () => ({
      args: [join(bench.dist, 'postern.cjs'), 'plan', folder, '--ledger', newFolder('ledger'), '--format', 'json'],
      env: { ...bench.env, POSTERN_API_URL: url, POSTERN_API_KEY: apiKey },
      // Guards may find that too many accounts move at once.
      ends: [2, 3],
    }),
    check: ({ stdout }) => {
      const { steps } = JSON.parse(stdout) as { steps: { action: string; kind: string }[] }
      expectEqual('policies that get an account', steps.filter(({ action }) => action === 'move').length, off(size))
    },
  }
}

async function* besideTerraform(
  bench: Bench,
  own: Contestant,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Line, void> {
  const peer = bench.peers.onPath('terraform', ['version'])
  if (!peer.isThere) {
    yield { type: 'skipped', name: 'terraform plan', why: peer.why }
    return
  }
  const cwd = newFolder('terraform')
  const env = { ...bench.env, CHECKPOINT_DISABLE: '1' }
  const terraform = (...args: string[]) => ({ file: peer.file, args, env, cwd })
  bench.say('terraform: making its state')
  writeTerraform(cwd, size, 'as applied')
  await oneProcess(terraform('init', '-input=false'))
  await oneProcess(terraform('apply', '-input=false', '-auto-approve'))
  writeTerraform(cwd, size, 'as wanted')
  const theirs: Contestant = {
    command: () => terraform('plan', '-input=false', '-no-color'),
    check: ({ stdout }) =>
      expectEqual('resources that Terraform changes', Number(/, (\d+) to change/.exec(stdout)?.[1]), off(size)),
  }
  bench.say('plan of policies and of terraform_data')
  const of = await alternate(
    { own, theirs },
    { rounds: bench.rounds(bench.quick ? 1 : 9), warmUp: bench.quick ? 0 : 1, signal },
  )
  yield compared('postern plan / terraform plan', of('own'), of('theirs'), { atMost: 0.5 })
}

async function* besideAuth0(
  bench: Bench,
  own: Contestant,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Line, void> {
  const peer = await bench.peers.installed('a0deploy')
  if (!peer.isThere) {
    yield { type: 'skipped', name: 'a0deploy import --dry-run', why: peer.why }
    return
  }
  const certificate = join(newFolder('certificate'), 'ca.pem')
  const standIn = await startServer<{ port: number }>(
    'the stand-in for Auth0',
    join(import.meta.dirname, '../peers/stand-in.ts'),
    [certificate, String(size), String(latency)],
    bench.env,
  )
  try {
    const { config, tenant } = writeTenant(size, `localhost:${standIn.ready.port}`)
    const theirs: Contestant = {
      command: () => ({
        file: peer.file,
        args: ['import', '-c', config, '-i', tenant, '--dry-run'],
        env: { ...bench.env, NODE_EXTRA_CA_CERTS: certificate },
      }),
      check: ({ stdout }) =>
        expectEqual('entities that Auth0’s tool updates', stdout.match(/│ UPDATE /g)?.length ?? 0, off(size)),
    }
    bench.say('plan of policies and of Auth0’s resource servers')
    // It takes tens of seconds, and nothing is asked of it.
    const rounds = bench.rounds(bench.quick ? 1 : 3)
    const of = await alternate(
      { own, theirs },
      { rounds, warmUp: 0, signal: AbortSignal.any([signal, standIn.signal]) },
    )
    yield compared('postern plan / a0deploy import', of('own'), of('theirs'))
  } finally {
    standIn.stop()
  }
}
