import type { Hono } from 'hono'
import { parseFault } from './parse-fault.ts'
import { readBody } from './recorded-request.ts'
import type { World } from './world.ts'

/** What tests of other processes steer the simulator with, apart from the public surface. */
export function sideDoor(app: Hono, world: World): void {
  app
    .post('/simulator/faults', async c => {
      try {
        world.faults.add(parseFault(readBody(await c.req.text())))
        return c.body(null, 204)
      } catch (error) {
        return c.json({ error: error instanceof Error ? error.message : 'the rule cannot be read' }, 400)
      }
    })
    .delete('/simulator/faults', c => {
      world.faults.clear()
      return c.body(null, 204)
    })
    .post('/simulator/reset', c => {
      world.reset()
      return c.body(null, 204)
    })
    .get('/simulator/requests', c => c.json({ requests: world.requests }))
}
