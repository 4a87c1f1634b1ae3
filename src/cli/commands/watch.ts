import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import type { DriftReport } from '../../model/drift.ts'
import { parseDuration } from '../../model/duration.ts'
import { nameRun } from '../../operations/name-run.ts'
import { drift } from '../../operations/drift.ts'
import { plan as makePlan } from '../../operations/plan.ts'
import { putBack, stepsBack } from '../../operations/put-back.ts'
import { serveWatch, type LastCheck } from '../../operations/watch-server.ts'
import { watch as checkAgainAndAgain } from '../../operations/watch.ts'
import { checkWebhook, postWebhook, type WebhookSend } from '../../operations/webhook.ts'
import { realTime } from '../../operations/real-time.ts'
import { driftMetrics } from '../../render/drift-metrics.ts'
import { driftTally } from '../../render/drift-words.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { originOf } from '../run-origin.ts'
import type { Session } from '../session.ts'
import { placesOf, type PlaceOptions } from '../settings.ts'

export interface WatchFlags extends PlaceOptions {
  readonly every: string
  readonly listen: string
  readonly webhook?: string
  readonly apply?: 'tightening'
  readonly full?: boolean
}

/** By what share of the interval a check may be early or late. */
const jitter = 0.1

const places = new Places(new Map())

/** `postern watch [DIR]` */
export async function watch(session: Session, given: string | undefined, flags: WatchFlags): Promise<ExitCode> {
  const { world } = session
  const folder = session.path(folderOf(session, given))
  const minutes = parseDuration(flags.every)
  if (minutes === undefined)
    return session.fail([diagnostic('drift/bad-duration', { flag: '--every', value: flags.every })])
  // What stops the loop must not cut a check in half; the second interrupt does.
  const opened = placesOf(session, flags, world.abort)
  if (!opened.ok) return session.fail(opened.diagnostics)
  session.tell(opened.diagnostics)
  const options = opened.value
  const place = listenPlace(flags.listen)
  if (place === undefined)
    return session.fail([diagnostic('watch/cannot-listen', { host: flags.listen, port: 0, why: 'give HOST:PORT' })])

  const secret = world.env['POSTERN_WEBHOOK_SECRET'] ?? ''
  const receiver = flags.webhook === undefined ? undefined : checkWebhook({ url: flags.webhook, secret })
  if (receiver?.ok === false) return session.fail(receiver.diagnostics)

  let report: DriftReport | undefined
  let last: LastCheck | undefined
  let alive = true
  const counted = { ok: 0, failed: 0, requests: 0 }
  const server = await serveWatch({
    ...place,
    metrics: () =>
      driftMetrics(report, {
        ...(last && { lastCheckAt: last.at.toISOString() }),
        checks: { ok: counted.ok, failed: counted.failed },
        lastFailed: last?.result === 'failed',
        requests: counted.requests,
      }),
    alive: () => alive,
    lastCheck: () => last,
    maxAgeMilliseconds: minutes * 60_000 * 2.5,
    now: world.now,
  })
  if (!server.ok) return session.fail(server.diagnostics)
  world.stderr.write(`Listening on ${server.value.url} (/metrics, /healthz, /readyz). Checking every ${flags.every}.\n`)

  const check = async (): Promise<Outcome<DriftReport>> =>
    (await drift({ folder, ...options, full: flags.full, now: world.now() })).outcome
  const sleep = world.network?.sleep ?? realTime.sleep
  try {
    const { checks } = await checkAgainAndAgain({
      everyMilliseconds: minutes * 60_000,
      jitter,
      check,
      now: world.now,
      random: world.random,
      sleep: (milliseconds, signal) => sleep(milliseconds, signal),
      stop: world.stop,
      onCheck: async (result, at) => {
        endProgress(session)
        if (!result.ok) {
          counted.failed++
          last = { at, result: 'failed' }
          session.tell(result.diagnostics)
          // A check that failed is what people most want to hear of.
          const failure = result.diagnostics.map(found => places.document(found))
          await post(JSON.stringify({ formatVersion: '1.0', checkedAt: at.toISOString(), diagnostics: failure }))
          return
        }
        counted.ok++
        counted.requests += result.value.requests.reads
        report = result.value
        last = { at, result: report.complete ? 'complete' : 'partial' }
        world.stdout.write(line(session, report))
        const open = report.differences.some(({ exception }) => exception === undefined)
        if (open || !report.complete) await post(JSON.stringify(report))
        if (flags.apply === 'tightening' && report.complete) await tighten(report)
      },
    })
    world.stderr.write(`Stopped after ${checks} ${checks === 1 ? 'check' : 'checks'}.\n`)
    return exitCodes.clean
  } finally {
    alive = false
    await server.value.close()
  }

  /** Tells the receiver, if there is one. What goes wrong there does not end the loop. */
  async function post(body: string): Promise<void> {
    if (flags.webhook === undefined) return
    const posted = await postWebhook({
      url: flags.webhook,
      secret,
      body,
      send: ((url, request) => fetch(url, request)) satisfies WebhookSend,
      now: world.now,
      sleep,
      random: world.random,
      attempts: 4,
      stop: world.stop,
    })
    session.tell(posted.diagnostics)
  }

  /** Puts back what was loosened outside, by a plan that is made anew. */
  async function tighten({ differences }: DriftReport): Promise<void> {
    if (!differences.some(({ class: which }) => which === 'changed-outside')) return
    const made = await makePlan({ folder, ...options, now: world.now(), allow: [] })
    if (!made.outcome.ok) {
      session.tell(made.outcome.diagnostics)
      return
    }
    const steps = stepsBack(made.outcome.value, differences)
    if (steps.length === 0) return
    const origin = originOf(session, 'watch', undefined)
    const applied = await putBack(
      {
        ...options,
        plan: made.outcome.value,
        now: world.now,
        run: nameRun(session.world.now(), session.world.random),
        origin,
        stop: world.stop,
      },
      differences,
    )
    session.tell(applied.diagnostics)
    const done = applied.ok ? applied.value.results.filter(({ status }) => status === 'done').map(({ id }) => id) : []
    world.stdout.write(
      applied.ok && applied.value.blocked
        ? `A guard blocks putting back: ${steps.map(({ id }) => id).join(', ')}\n`
        : `Put back: ${done.length === 0 ? 'nothing' : done.join(', ')}\n`,
    )
  }
}

const line = (session: Session, report: DriftReport): string =>
  session.options.format === 'json' ? `${JSON.stringify(report)}\n` : `${report.checkedAt}  ${driftTally(report)}\n`

/** `HOST:PORT`, or a port on loopback. */
function listenPlace(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[2])
  return match === null || port > 65_535 ? undefined : { host: (match[1] ?? '127.0.0.1').replace(/^\[|\]$/g, ''), port }
}
