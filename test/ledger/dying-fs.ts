// Stands in for `node:fs/promises` in a program that is to be killed before its operation number DIE_AT. A write is cut in half before that.
import { writeSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

const real = process.getBuiltinModule('node:fs/promises')
const dieAt = Number(process.env['DIE_AT'] ?? 0)
let operations = 0

/** How many operations there were. */
export const operationCount = (): number => operations

function beforeOperation(half: () => void = () => undefined): void {
  if (++operations !== dieAt) return
  half()
  process.kill(process.pid, 'SIGKILL')
}

const counted =
  <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> => {
    beforeOperation()
    return work(...args)
  }

/** A handle whose operations count as well. Closing is none: it changes nothing on the disk. */
function countedHandle(handle: FileHandle): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: unknown[]): unknown => {
        if (name === 'write' || name === 'writeFile') {
          const bytes = Buffer.from(args[0] as string)
          beforeOperation(() => writeSync(target.fd, bytes.subarray(0, bytes.length / 2)))
        } else if (name !== 'close') beforeOperation()
        return Reflect.apply(member, target, args) as unknown
      }
    },
  })
}

export const chmod = counted(real.chmod)
export const copyFile = counted(real.copyFile)
export const link = counted(real.link)
export const mkdir = counted(real.mkdir)
export const readFile = counted(real.readFile)
export const readdir = counted(real.readdir)
export const rename = counted(real.rename)
export const rm = counted(real.rm)
export const rmdir = counted(real.rmdir)
export const stat = counted(real.stat)
export const unlink = counted(real.unlink)
export const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> => {
  beforeOperation()
  return countedHandle(await real.open(...args))
}
