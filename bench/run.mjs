// `npm run bench`: makes a fresh clone ready, then measures. The bench itself is TypeScript; what it measures never is.
import { ensureBuilt } from '../scripts/ensure-installed.mjs'

ensureBuilt()
const { register } = await import('tsx/esm/api')
register()
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
