import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from '../harness/children.ts'
import { compared } from '../harness/compared.ts'
import { expectEqual } from '../harness/expect-equal.ts'
import type { Run } from '../harness/one-process.ts'
import { alternate, type Contestant } from '../harness/pairs.ts'
import type { Row } from '../harness/row.ts'
import { writeFolder } from '../validate-folder.mjs'

const root = join(import.meta.dirname, '../..')
const wrong = 20
/** So many files are not as they were when the folder was validated before. */
const changed = 20

/** What of a wrong document a schema can tell. That a reference leads nowhere, it cannot. */
const schemaProblems = ['policy/unknown-field', 'policy/wrong-type', 'policy/not-one-of']

/** A folder with a few wrong documents, from the files to the list of what is wrong. */
export const validate: Row = {
  name: 'validate',
  title: 'validate: 2,000 documents, 20 of them wrong',
  async *measure(bench) {
    const folder = join(newFolder('validate'), 'policies')
    const documents = bench.quick ? 200 : 2000
    const { problems } = writeFolder(folder, { documents, wrong, seed: 1 })
    const ajv = await bench.peers.installed('ajv')

    const ours = (ready: () => void = () => undefined): Contestant => ({
      command: () => {
        ready()
        const args = [join(bench.dist, 'postern.cjs'), 'validate', folder, '--format', 'json']
        return { args, env: bench.env, ends: [1] }
      },
      check: run => checkOwn(run, problems),
    })
    bench.say('validate')
    const of = await alternate(
      {
        // Nothing is kept from one run to the next.
        cold: ours(),
        parse: {
          command: () => ({ args: [join(root, 'bench/floor/parse-folder.mjs'), folder], env: bench.env }),
          check: ({ stdout }) => expectEqual('documents parsed', Number(stdout), documents),
        },
        ...(ajv.isThere && { ajv: withAjv(ajv.file, folder, bench.env, problems) }),
        again: ours(() => changeSome(folder)),
      },
      { rounds: bench.rounds(bench.quick ? 2 : 15), warmUp: bench.quick ? 0 : 2 },
    )
    if (ajv.isThere) {
      yield compared('postern validate / ajv validate', of('cold'), of('ajv'), { atMost: 1 })
      yield compared(`the same, ${changed} files changed`, of('again'), of('ajv'), { atMost: 0.5 })
    } else yield { type: 'skipped', name: 'ajv validate', why: ajv.why }
    yield compared('postern validate / yaml alone', of('cold'), of('parse'), { atMost: 0.7 })
    yield {
      type: 'note',
      text: 'ajv uses a parser without places and checks no references; it stops at the first file that is no YAML, which is among the last. `yaml` alone checks nothing.',
    }
  },
}

const withAjv = (
  file: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  problems: Readonly<Record<string, number>>,
): Contestant => {
  const schema = join(root, 'schemas/policy.schema.json')
  const args = ['validate', '--spec=draft2020', '--strict=false', '--all-errors', '-s', schema]
  return {
    // 1 where a document is invalid, 2 where one is no YAML.
    command: () => ({ file, args: [...args, '-d', join(folder, '**/*.yaml')], env, ends: [2] }),
    check: ({ stderr }) => {
      const found = stderr.match(/ invalid$/gm)?.length ?? 0
      expectEqual(
        'documents that ajv refuses',
        found,
        schemaProblems.reduce((sum, code) => sum + (problems[code] ?? 0), 0),
      )
    },
  }
}

function checkOwn({ stdout }: Run, problems: Readonly<Record<string, number>>): void {
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { severity: string; code: string }[] }
  const found: Record<string, number> = {}
  for (const { severity, code } of diagnostics) if (severity === 'error') found[code] = (found[code] ?? 0) + 1
  for (const [code, count] of Object.entries(problems)) expectEqual(code, found[code] ?? 0, count)
  expectEqual(
    'errors',
    Object.values(found).reduce((a, b) => a + b, 0),
    wrong,
  )
}

/** Changes the first few files as people do who don't change what is said: by a remark. */
function changeSome(folder: string): void {
  const home = join(folder, 'exceptions')
  for (const name of readdirSync(home).sort().slice(0, changed)) appendFileSync(join(home, name), '# looked at again\n')
}
