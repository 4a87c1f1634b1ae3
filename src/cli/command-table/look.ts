import { Option } from 'commander'
import type { AuditFlags } from '../commands/audit.ts'
import type { CoverageFlags } from '../commands/coverage.ts'
import type { DriftFlags } from '../commands/drift.ts'
import type { ExplainFlags } from '../commands/explain.ts'
import type { SnapshotFlags } from '../commands/snapshot.ts'
import type { WatchFlags } from '../commands/watch.ts'
import {
  collect,
  common,
  emails,
  failOn,
  full,
  folderHelp,
  help,
  lastActive,
  ledgerPlace,
  liveScopes,
  places,
  planScopes,
  reportFormats,
} from '../options.ts'
import type { CommandTable } from './contract.ts'

const everyoneScopes = liveScopes([], ['read:events:admin', 'read:accounts:admin'])
const driftScopes = liveScopes(['read:events:admin'], ['read:directories:admin', 'read:keys:admin'])

/** The commands that look at how things are. */
export const lookCommands: CommandTable = {
  coverage: (command, run) =>
    places(common(command, [...reportFormats, 'html', 'csv']))
      .summary('say who really has to pass a second factor')
      .description(
        'Says of every account which second factor it has to pass, by evidence and as the documents will bring it; who goes around it, and what can be done. Only reads.',
      )
      .argument('[dir]', folderHelp)
      .option('--check', 'exit with 2 where a CoverageRequirement is not met')
      .option('--all', 'list every account, not only the gaps')
      .option('--record', 'add the numbers to the ledger: for the trend, and to see who is new next time')
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          'postern coverage policies --check',
          everyoneScopes,
          '0 measured, 2 a requirement is not met (--check), 1 error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/coverage.ts')).coverage(session, command.args[0], command.opts<CoverageFlags>()),
        ),
      ),
  drift: (command, run) =>
    places(common(command, [...reportFormats, 'html', 'slack']))
      .summary('say what changed, who changed it, and whether git or the organization moved')
      .description(
        'Compares what was last applied, what is declared and what is live; names who changed what outside, from the audit log. Reads again only what that log tells of, and everything once a day. Writes to the ledger that it looked, and what it read.',
      )
      .argument('[dir]', folderHelp)
      .option(
        '--since <time>',
        'from when on the audit log is read: a time, or a duration back (default: the last check)',
      )
      .option('--kind <kind>', 'only differences of this kind; may be repeated', collect)
      .addOption(failOn())
      .option('--accept', 'write what was changed outside into the documents, and print the diff')
      .option('--max-age <duration>', 'only look into the ledger: fail where the last complete check is older')
      .addOption(full())
      .addOption(lastActive())
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          'postern drift policies --fail-on changed-outside --fail-on conflict',
          driftScopes,
          '0 no drift, 2 drift, 1 error, an incomplete check, or none for too long (--max-age)',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/drift.ts')).drift(session, command.args[0], command.opts<DriftFlags>()),
        ),
      ),
  watch: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('check for drift again and again')
      .description(
        'Checks for drift on a schedule and tells monitoring: metrics and health on loopback, and a signed webhook. Ends cleanly on SIGTERM.',
      )
      .argument('[dir]', folderHelp)
      .option('--every <duration>', 'from the start of one check to the start of the next', '15m')
      .option('--listen <host:port>', 'where /metrics, /healthz and /readyz are', '127.0.0.1:9464')
      .option('--webhook <url>', 'post each report with a difference, signed with POSTERN_WEBHOOK_SECRET')
      .addOption(
        new Option('--apply <what>', 'put back what was loosened outside, through the API only').choices([
          'tightening',
        ]),
      )
      .addOption(full())
      .addHelpText(
        'after',
        help(
          'postern watch policies --every 15m',
          `${driftScopes}; with --apply: write:policies:admin`,
          '0 stopped, 1 error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/watch.ts')).watch(session, command.args[0], command.opts<WatchFlags>()),
        ),
      ),
  explain: (command, run) =>
    places(common(command, ['text', 'json', 'markdown']))
      .summary('say which policy holds for one account, and why')
      .description(
        'Says of one account which policy holds for it, by which selector, who else claims it, what that asks of it, what shows so, and what the plan changes. Only reads.',
      )
      .argument('<email>', 'the account')
      .option('--policies <dir>', folderHelp)
      .addHelpText('after', help('postern explain sam@partner.example', everyoneScopes, '0 explained, 1 error'))
      .action(
        run(async (session, command) =>
          (await import('../commands/explain.ts')).explain(
            session,
            command.args[0] ?? '',
            command.opts<ExplainFlags>(),
          ),
        ),
      ),
  snapshot: (command, run) =>
    places(common(command, ['text']))
      .summary('take a signed snapshot, to plan without a key')
      .description(
        'Writes down what a plan needs of the organization and the ledger, with accounts under other names: no address, no name, no key. Signed with POSTERN_SNAPSHOT_KEY. A job that must not have a key plans from it: `plan --snapshot`. Only reads.',
      )
      .argument('[dir]', folderHelp)
      .option('--valid-for <duration>', 'how long plans may be made from it', '2d')
      .addOption(
        new Option(
          '--match <whom>',
          'whose address can be found in it again: of those that the documents name, or of everyone, and then whoever has the file can try addresses out',
        )
          .choices(['named', 'everyone'])
          .default('named'),
      )
      .addHelpText('after', help('postern snapshot policies --output snapshot.json', planScopes, '0 written, 1 error'))
      .action(
        run(async (session, command) =>
          (await import('../commands/snapshot.ts')).snapshot(session, command.args[0], command.opts<SnapshotFlags>()),
        ),
      ),
  audit: (command, run) =>
    ledgerPlace(common(command, ['text', 'json', 'markdown']))
      .summary('verify the chain of evidence bundles')
      .description(
        'Follows the chain of what each apply left from its head to its beginning and says where it breaks. Prints the head, to be noted elsewhere. Reads only the ledger.',
      )
      .option('--head <digest>', 'a head that was noted earlier: it must be in the chain')
      .addHelpText(
        'after',
        help('postern audit', 'none', '0 intact, 1 it breaks, or the head that was noted is not in it'),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/audit.ts')).audit(session, command.opts<AuditFlags>()),
        ),
      ),
}
