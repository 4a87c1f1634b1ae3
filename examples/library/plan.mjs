// Plans a policy folder against a simulated organization, and measures it: node plan.mjs [FOLDER]
import { coverage, plan } from 'postern'
import { simulate } from 'postern/simulator'

const organization = await simulate()
const options = {
  folder: process.argv[2] ?? 'policies',
  // For a real organization: { apiKey: process.env.POSTERN_API_KEY }
  connection: { apiKey: organization.apiKey, apiUrl: organization.url, consoleUrl: organization.consoleUrl },
  ledger: '.postern',
}

const planned = await plan(options)
for (const { severity, code, file, line, summary } of planned.diagnostics) {
  console.error(severity, code, file === undefined ? '' : `${file}:${line}`, summary)
}
if (planned.ok) {
  // Names come from people: as JSON they are harmless to a terminal.
  for (const { channel, action, kind, name, direction } of planned.value.steps) {
    console.log(`${channel.padEnd(8)}${action} ${kind} ${JSON.stringify(name)}, ${direction}`)
  }
  const measured = await coverage(options)
  if (measured.ok) {
    const { levels, declaredLevels } = measured.value
    for (const level of Object.keys(levels))
      console.log(`${level.padEnd(10)}${levels[level]} → ${declaredLevels[level]}`)
  }
} else {
  process.exitCode = 1
}
await organization.close()
