// `npm start`: the main job from beginning to end, against a simulated organization.
import { ensureBuilt } from './ensure-installed.mjs'

ensureBuilt()
const { tour } = await import('./tour.mjs')
process.exitCode = await tour()
