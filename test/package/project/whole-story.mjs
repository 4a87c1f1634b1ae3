// Everything over a socket. What is printed is one line: the test takes whatever else is printed for a fault.
const listeners = () => process.eventNames().map(name => `${String(name)} ${process.listenerCount(name)}`)
const before = listeners()

const { apply, coverage, drift, plan, validate } = await import('postern')
const { simulate } = await import('postern/simulator')
const simulator = await simulate()
const connection = { apiKey: simulator.apiKey, apiUrl: simulator.url, consoleUrl: simulator.consoleUrl }
const options = { folder: 'policies', connection, ledger: 'ledger' }
const results = [await validate(options), await plan(options)]
results.push(await apply({ plan: results[1].value, connection, ledger: options.ledger, by: 'alice' }))
results.push(await drift(options), await coverage(options), await plan({ ...options, folder: 'nowhere' }))
await simulator.close()

const after = listeners()
const done = performance.now()
process.on('exit', () => {
  const told = {
    ok: results.map(({ ok }) => ok),
    steps: results[2].value.steps.map(({ status }) => status),
    listensTo: after.filter(name => !before.includes(name)),
    // A connection that is kept open would hold the process for seconds.
    endsByItself: performance.now() - done < 3000,
  }
  console.log(JSON.stringify(told))
})
