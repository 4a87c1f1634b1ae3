import { endWith, stdout } from './standard-streams.ts'
import { version, versionFlag } from './version.ts'

const [flag, ...more] = process.argv.slice(2)
if (flag === versionFlag && more.length === 0) {
  stdout.write(`${version}\n`)
  endWith(0)
} else void import('./process.ts').then(({ runProcess }) => runProcess())
