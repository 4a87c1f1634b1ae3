import { expect, it, onTestFinished } from 'vitest'
import { driftClasses, type DriftReport } from '../../src/model/drift.ts'
import { full, numbersFrom, seed } from './extent.ts'
import { isStruck, strike } from './soak-faults.ts'
import { growth, heldBy, summaryOf, type Series } from './soak-growth.ts'
import { History } from './soak-history.ts'
import { peopleSpots } from './soak-people.ts'
import { settingsSpots } from './soak-settings.ts'
import { ledgerSize, numbersIn, page, receiver, soakStage } from './soak-stage.ts'
import { watched } from './soak-watched.ts'
import type { Usage } from './soak-watcher.ts'

/** With one every five minutes a week of checks. */
const checks = full ? 2_000 : 48
const checksBetween = full ? 100 : 4
const patience = full ? 900_000 : 120_000

it(
  `watch finds every change in ${checks} checks of an organization that changes, and holds no more at the end than before`,
  async () => {
    const place = await soakStage()
    const { simulator, clock, ledgerFolder } = place.started
    const told = await receiver()
    const flags = ['--every', '5m', '--listen', '127.0.0.1:0', '--format', 'json', '--webhook', told.url]
    const watcher = await watched({
      argv: ['watch', place.folder, ...flags],
      env: {
        POSTERN_API_KEY: simulator.apiKey,
        POSTERN_API_URL: simulator.url,
        POSTERN_LEDGER: ledgerFolder,
        POSTERN_WEBHOOK_SECRET: 'known to both',
      },
      time: clock.time,
      wait: milliseconds => (clock.time += milliseconds),
    })
    onTestFinished(watcher.remove)
    const history = new History([...peopleSpots(place), ...settingsSpots(place)], clock.time)
    const counted = { ok: 0, failed: 0, partial: 0, incremental: 0, reads: 0, mostChanged: 0 }
    const usages: Usage[] = []
    const ledgers: Awaited<ReturnType<typeof ledgerSize>>[] = []
    let url = ''
    let last: DriftReport | undefined

    for (let check = 1; ; check++) {
      const before = simulator.requests.length
      const { out, err, milliseconds } = await watcher.checked()
      url ||= /http:\S+:\d+/.exec(err)?.[0] ?? ''
      const requests = simulator.requests.slice(before)
      const report = out === '' ? undefined : (JSON.parse(out) as DriftReport)
      // Whatever else a check may say: only what was answered wrong may keep it from seeing everything.
      if (report?.complete !== true) expect(isStruck(requests), `check ${check}: ${err}`).toBe(true)
      if (report === undefined) counted.failed++
      else {
        counted.ok++
        counted.reads += report.requests.reads
        if (!report.complete) counted.partial++
        if (report.reading.kind === 'incremental') counted.incremental++
        last = report
        expect(history.faultsOf(report), `check ${check}, ${history.done.slice(-3).join('; ')}`).toEqual([])
      }
      const isWorthTelling = report === undefined || report.differences.length > 0 || !report.complete
      const posted = told.taken()
      expect(posted).toHaveLength(isWorthTelling ? 1 : 0)
      if (report !== undefined) expect(posted.map(body => `${body}\n`)).toEqual(isWorthTelling ? [out] : [])
      if (check % 10 === 0 || check === checks) await expectMonitoring(report === undefined)
      if (check % checksBetween === 0) {
        usages.push(await watcher.usage())
        ledgers.push(await ledgerSize(ledgerFolder))
      }
      if (check === checks) break

      const [whether = 0, where = 0, what = 0, again = 0, elsewhere = 0, other = 0] = numbersFrom(seed + check, 6)
      if (whether > 0.2) await history.change(where, what, clock.time)
      // Else what was looked at and what was edited would be of the same moment.
      clock.time += 1_000
      if (again > 0.8) await history.change(elsewhere, other, clock.time)
      if (check % 4 === 0) strike(simulator, check / 4)
      counted.mostChanged = Math.max(counted.mostChanged, history.changed)
      clock.time += milliseconds
      watcher.goOn(clock.time)
    }

    async function expectMonitoring(lastFailed: boolean): Promise<void> {
      const numbers = numbersIn((await page(`${url}/metrics`)).text)
      const differences = driftClasses.map(which => [
        `postern_differences{class="${which}"}`,
        last?.differences.filter(({ class: own }) => own === which).length,
      ])
      expect(numbers).toMatchObject({
        ...(Object.fromEntries(differences) as Record<string, number>),
        'postern_checks_total{result="ok"}': counted.ok,
        'postern_checks_total{result="failed"}': counted.failed,
        postern_requests_total: counted.reads,
        postern_check_complete: last?.complete === true && !lastFailed ? 1 : 0,
        postern_last_complete_check_timestamp_seconds: Date.parse(last?.lastCompleteAt ?? '') / 1000,
      })
      expect((await page(`${url}/healthz`)).status).toBe(200)
      expect((await page(`${url}/readyz`)).status).toBe(last?.complete === true && !lastFailed ? 200 : 503)
    }

    const { code, signal, err } = await watcher.stop()
    expect([code, signal], err).toEqual([0, null])
    expect(err).toContain(`Stopped after ${checks} checks.`)
    await expect(page(`${url}/healthz`)).rejects.toThrow()

    const held: readonly Series[] = [
      ...heldBy(usages),
      { name: 'files of the ledger', values: ledgers.map(({ files }) => files), share: 0, more: 2 },
      { name: 'bytes of the ledger', values: ledgers.map(({ bytes }) => bytes), share: 0.1, more: 16_384 },
    ]
    const events = ((await place.started.ledger.read('audit'))?.events ?? []).map(({ id }) => id)
    expect(new Set(events).size, 'an event is kept once').toBe(events.length)
    const { failed, partial, incremental, mostChanged } = counted
    const size = ledgers.at(-1)
    console.log(
      `soak: ${checks} checks, ${failed} failed, ${partial} partial, ${incremental} incremental, ${history.done.length} changes, ${simulator.requests.length} requests
${summaryOf(held)}
ledger: ${size?.files} files, ${size?.bytes} bytes, and ${size?.auditBytes} for ${events.length} events of the audit log`,
    )
    if (usages[0]?.descriptors === undefined) console.log('soak: open files are not counted, there is no /proc')
    const tried = { changes: mostChanged > 5, failed: failed > 0, partial: partial > 0, incremental: incremental > 0 }
    expect(tried, 'something of everything').toEqual({ changes: true, failed: true, partial: true, incremental: true })
    expect(growth(held, checksBetween)).toEqual([])
  },
  patience,
)
