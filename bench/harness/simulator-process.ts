// The organization that is planned against, in a process of its own: its time and memory are nobody's. Started by simulator.ts; says when it is ready, and ends with the one who started it.
import { readFileSync } from 'node:fs'
import type { simulate as Simulate, SimulatorOptions } from '../../src/simulator/index.ts'
import { sizesOf, type NamedByDocuments } from './organization-sizes.ts'
import type { Asked } from './simulator.ts'

const [module = '', file = ''] = process.argv.slice(2)
const { simulate } = (await import(module)) as { simulate: typeof Simulate }
const { options, latency, named } = JSON.parse(readFileSync(file, 'utf8')) as {
  options: SimulatorOptions
  latency: number
  named: NamedByDocuments
}
const simulator = await simulate(options)
if (latency > 0) simulator.fault({ then: { latency } })

const isId = /[0-9a-f]{8}-[0-9a-f-]{27,}/

/** How often what was asked since somebody wanted to know, and forgets it: half a million accounts make many requests. */
function asked(): Asked[] {
  const counts = new Map<string, Asked>()
  for (const { method, path, status } of simulator.requests) {
    const route = path
      .split('/')
      .map(part => (isId.test(part) ? ':id' : part))
      .join('/')
    const key = `${method} ${route} ${status ?? ''}`
    const known = counts.get(key)
    counts.set(key, { method, route, status: status ?? 'none', count: (known?.count ?? 0) + 1 })
  }
  ;(simulator.requests as unknown[]).length = 0
  return [...counts.values()]
}

process.once('disconnect', () => process.exit())
process.on('message', what => process.send?.(what === 'asked' ? asked() : sizesOf(simulator.state, named, Date.now())))
const { url, apiKey } = simulator
process.send?.({ url, apiKey })
