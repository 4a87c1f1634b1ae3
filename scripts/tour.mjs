// The main job, told in the words of the commands, so that each can be repeated by hand.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setConsole, valuesOnPage } from './tour-console.mjs'
import { root } from './ensure-installed.mjs'

const cli = join(root, 'dist/postern.cjs')
const apiKey = 'simulated-key'

const say = text => process.stdout.write(`\n${text}\n`)
const shown = argument => (/^[\w./:@=+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`)

/** Starts the simulator and reads the one line that it prints when it is ready. */
async function startSimulator() {
  const child = spawn(process.execPath, [cli, 'simulate', '--port', '0', '--api-key', apiKey], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', chunk => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    child.once('exit', code => reject(new Error(`the simulator ended with ${code}`)))
  })
  return { child, ...JSON.parse(line) }
}

/** Runs one command as a person would, and shows it before. Ends the tour where the exit code is not the expected one. */
function commandsIn(env) {
  return async (args, { expect, quiet = false }) => {
    if (!quiet) process.stdout.write(`\n$ postern ${args.map(shown).join(' ')}\n`)
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    child.stdout?.on('data', chunk => (output += chunk))
    const code = await new Promise(resolve => child.once('close', resolve))
    if (code !== expect) throw new Error(`postern ${args.join(' ')} ended with ${code}, not ${expect}`)
    return output
  }
}

/** Walks through everything. Resolves to an exit code. */
export async function tour() {
  const folder = await mkdtemp(join(tmpdir(), 'postern-tour-'))
  const simulator = await startSimulator()
  const env = {
    ...process.env,
    CI: '',
    POSTERN_API_KEY: apiKey,
    POSTERN_API_URL: simulator.url,
    POSTERN_CONSOLE_URL: simulator.consoleUrl,
    POSTERN_LEDGER: join(folder, 'ledger'),
  }
  const postern = commandsIn(env)
  try {
    say(
      'An Atlassian organization of about 60 accounts is simulated. The documents in policies/ say what it should look like.',
    )
    process.stdout.write(`  console of the simulated organization: ${simulator.consoleUrl}\n`)
    say('1. Are the documents right? Nothing is read from the network.')
    await postern(['validate', 'policies'], { expect: 0 })

    say(
      '2. How does the organization differ? Postern knows which settings it can change itself, and which only a person can.',
    )
    await postern(['plan', 'policies'], { expect: 2 })

    say(
      '3. Carry out what goes through the API. The rest stays as a checklist: no API of Atlassian reads or writes those settings.',
    )
    await postern(['apply', 'policies', '--yes', '--quiet'], { expect: 2 })

    say('4. A person does the console steps. Here the forms of the simulated console are filled in:')
    const { steps } = JSON.parse(await postern(['plan', 'policies', '--format', 'json'], { expect: 2, quiet: true }))
    for (const step of steps.filter(({ channel }) => channel === 'console'))
      process.stdout.write(`${await setConsole(step)}\n`)

    say('5. Evidence: the console’s own export holds some of the settings.')
    const csv = join(folder, 'members.csv')
    const url = `${simulator.consoleUrl}/o/${simulator.organizationId}/exports/members.csv`
    process.stdout.write(`\n$ curl -o ${csv} ${url}\n`)
    await writeFile(csv, await (await fetch(url)).text())
    await postern(['observe', csv, '--exported-at', new Date().toISOString()], { expect: 0 })

    say('6. What no export holds, a person states as the page shows it.')
    const { unverified, steps: left } = JSON.parse(
      await postern(['plan', 'policies', '--format', 'json'], { expect: 2, quiet: true }),
    )
    for (const step of left.filter(({ channel }) => channel === 'console')) {
      const paths = unverified
        .filter(({ kind, name }) => kind === step.kind && name === step.name)
        .map(({ path }) => path)
      const values = await valuesOnPage(step.console.url, paths)
      await postern(
        [
          'attest',
          `${step.kind}/${step.name}`,
          '--by',
          'alice',
          ...Object.entries(values).flatMap(([path, value]) => ['--set', `${path}=${value}`]),
        ],
        { expect: 0 },
      )
    }

    say('7. Nothing is left, and every line names what says so.')
    await postern(['plan', 'policies'], { expect: 0 })
    say(
      '8. Who really has to pass a second factor? Of a change of the external user policy it is said only when its ten minutes are over.',
    )
    await postern(['coverage', 'policies', '--quiet'], { expect: 0 })
    await postern(['explain', 'lee@partner.example'], { expect: 0 })
    say(
      '9. What was done can be shown, and undone: each run leaves a record that names the one before it. Undoing loosens, so it needs a second person (exit code 3).',
    )
    await postern(['audit'], { expect: 0 })
    const { runs } = JSON.parse(await postern(['audit', '--format', 'json'], { expect: 0, quiet: true }))
    await postern(['revert', runs[0].run, '--quiet'], { expect: 3 })
    farewell(await readFile(join(root, 'package.json'), 'utf8'))
    return 0
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`)
    return 1
  } finally {
    simulator.child.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

function farewell(manifest) {
  say(`That was Postern ${JSON.parse(manifest).version}. To repeat each command by hand, run the simulator in another terminal:

  node dist/postern.cjs simulate --port 8080 --api-key ${apiKey}
  export POSTERN_API_KEY=${apiKey} POSTERN_API_URL=http://127.0.0.1:8080 POSTERN_CONSOLE_URL=http://127.0.0.1:8080/console
  node dist/postern.cjs plan policies

With your own organization: put its id and domains into policies/organization.yaml, and set two variables:

  export POSTERN_API_KEY=…   (admin.atlassian.com → Organization settings → API keys)
  export POSTERN_LEDGER=…    (a folder that lasts; it remembers evidence, never a key)

Where to go next: README.md, docs/first-hour.md, docs/coverage.md, docs/apply.md.`)
}
