import { Command, Option } from 'commander'
import type { ApplyFlags } from './commands/apply.ts'
import type { AttestFlags } from './commands/attest.ts'
import type { CoverageFlags } from './commands/coverage.ts'
import type { DriftFlags } from './commands/drift.ts'
import type { ExplainFlags } from './commands/explain.ts'
import type { ObserveFlags } from './commands/observe.ts'
import type { PlanFlags } from './commands/plan.ts'
import type { WatchFlags } from './commands/watch.ts'
import type { SimulateFlags } from './commands/simulate.ts'
import type { ExitCode } from './exit-code.ts'
import { Session, type CommonOptions } from './session.ts'
import {
  allow,
  collect,
  common,
  environmentHelp,
  failOn,
  folderHelp,
  help,
  lastActive,
  places,
  planExits,
  planScopes,
  wholeNumber,
} from './options.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** What a command line comes to: the exit code of the command it named. */
export interface Ran {
  code: ExitCode | undefined
}

const reportFormats = ['text', 'json', 'markdown', 'sarif', 'junit', 'github']

/** The command line. Each command's code is loaded only when it runs. */
export function createProgram(world: World, ran: Ran): Command {
  const program = new Command('postern')
    .description('Policy as code for the security of an Atlassian organization.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: text => world.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? 80, 100),
      getOutHasColors: () => false,
    })
    .addHelpText('after', `\n${environmentHelp}`)

  const run: Run =
    work =>
    async (...parameters) => {
      const command = parameters.at(-1) as Command
      ran.code = await work(new Session(world, command.opts<CommonOptions>()), command)
    }
  // A command that is named is the only one that is set up: the others would cost a start a millisecond each.
  const [named = ''] = world.argv
  for (const name of Object.hasOwn(commands, named) ? [named] : Object.keys(commands))
    commands[name]?.(program.command(name), run)
  return program
}

/** Makes a commander action of a command's work. */
type Run = (
  work: (session: Session, command: Command) => Promise<ExitCode>,
) => (...parameters: readonly unknown[]) => Promise<void>

/** Every command: what it says of itself, its flags, and what it does. */
const commands: Readonly<Record<string, (command: Command, run: Run) => Command>> = {
  validate: (command, run) =>
    common(command, reportFormats)
      .summary('check the documents of a policy folder, offline')
      .description('Checks every document of a policy folder. Reads no network and needs no key.')
      .argument('[dir]', folderHelp)
      .addHelpText('after', help('postern validate policies', 'none', '0 no error, 1 error'))
      .action(
        run(async (session, { args: [folder] }) => (await import('./commands/validate.ts')).validate(session, folder)),
      ),
  plan: (command, run) =>
    places(common(command, [...reportFormats, 'html']))
      .summary('compare a policy folder with the live organization')
      .description(
        'Compares a policy folder with the live organization and says step by step what would make them equal. Only reads.',
      )
      .argument('[dir]', folderHelp)
      .option('--out <file>', 'save the plan, to apply exactly this later')
      .option('--affected <file>', 'write the people it changes something for to a CSV file, with a text to mail each')
      .addOption(allow())
      .addOption(lastActive())
      .addHelpText('after', help('postern plan policies --out plan.json', planScopes, planExits))
      .action(
        run(async (session, command) =>
          (await import('./commands/plan.ts')).plan(session, command.args[0], command.opts<PlanFlags>()),
        ),
      ),
  apply: (command, run) =>
    places(common(command, ['text', 'json', 'markdown']))
      .summary('carry a plan out')
      .description(
        'Carries out the API steps of a plan: of a folder (plans, shows, asks) or of a saved plan. What needs the console is left as a checklist.',
      )
      .argument('[dir-or-plan]', 'policy folder, or a plan saved with `plan --out`')
      .option('--yes', 'do not ask')
      .addOption(allow())
      .addOption(lastActive())
      .addHelpText(
        'after',
        help(
          'postern apply policies',
          `${planScopes}, write:policies:admin`,
          '0 no step left, 2 only console steps left, 1 a step failed, 3 blocked by a guard',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/apply.ts')).apply(session, command.args[0], command.opts<ApplyFlags>()),
        ),
      ),
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
      .addHelpText(
        'after',
        help(
          'postern coverage policies --check',
          `${planScopes}, read:tokens:admin, read:accounts:admin`,
          '0 measured, 2 a requirement is not met (--check), 1 error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/coverage.ts')).coverage(session, command.args[0], command.opts<CoverageFlags>()),
        ),
      ),
  drift: (command, run) =>
    places(common(command, [...reportFormats, 'html', 'slack']))
      .summary('say what changed, who changed it, and whether git or the organization moved')
      .description(
        'Compares what was last applied, what is declared and what is live; names who changed what outside, from the audit log. Writes to the ledger that it looked.',
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
      .addOption(lastActive())
      .addHelpText(
        'after',
        help(
          'postern drift policies --fail-on changed-outside --fail-on conflict',
          `${planScopes}, read:events:admin, read:tokens:admin, read:keys:admin`,
          '0 no drift, 2 drift, 1 error, an incomplete check, or none for too long (--max-age)',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/drift.ts')).drift(session, command.args[0], command.opts<DriftFlags>()),
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
      .addHelpText(
        'after',
        help(
          'postern watch policies --every 15m',
          `${planScopes}, read:events:admin, read:tokens:admin, read:keys:admin; with --apply: write:policies:admin`,
          '0 stopped, 1 error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/watch.ts')).watch(session, command.args[0], command.opts<WatchFlags>()),
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
      .addHelpText(
        'after',
        help('postern explain sam@partner.example', `${planScopes}, read:tokens:admin`, '0 explained, 1 error'),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/explain.ts')).explain(session, command.args[0] ?? '', command.opts<ExplainFlags>()),
        ),
      ),
  observe: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('take in console exports as evidence')
      .description(
        'Takes in CSV exports of the console as evidence: “Export members”, “Export accounts”, “Export users”.',
      )
      .argument('<file...>', 'CSV files as the console mailed them')
      .option('--exported-at <time>', 'when the console made the exports, such as 2026-11-24T09:30:00Z')
      .option('--policies <dir>', folderHelp)
      .addHelpText(
        'after',
        help(
          'postern observe members.csv --exported-at 2026-11-24T09:30:00Z',
          'none; with a key: the accounts are looked up (users/search)',
          '0 recorded, 1 refused',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/observe.ts')).observe(session, command.args, command.opts<ObserveFlags>()),
        ),
      ),
  attest: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('state what the console shows')
      .description(
        'Records what a person sees in the console, setting by setting. Asks at the terminal, or takes --set.',
      )
      .argument('[object...]', 'KIND/NAME, such as ExternalUserPolicy/external; all where left out')
      .option('--set <path=value>', 'a setting and the value seen; may be repeated', collect, [])
      .option('--by <name>', 'who attests (default: the user of the CI job or of this machine)')
      .option('--all', 'ask for settings with current evidence too')
      .option('--policies <dir>', folderHelp)
      .addHelpText(
        'after',
        help(
          'postern attest ExternalUserPolicy/external --set settings.apiTokens=block',
          'none',
          '0 recorded, 1 refused',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('./commands/attest.ts')).attest(session, command.args, command.opts<AttestFlags>()),
        ),
      ),
  simulate: (command, run) =>
    common(command, ['text'])
      .summary('run a simulated organization')
      .description(
        'Runs a simulated organization behind the same HTTP API, to try policies without touching a real one. Prints one JSON line when it is ready.',
      )
      .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber, 0)
      .option('--api-key <key>', 'the API key it accepts')
      .option('--scenario <name>', 'a built-in scenario (acme, without-guard) or a JSON file')
      .option('--accounts <number>', 'grow the organization to so many accounts', wholeNumber)
      .option('--seed <number>', 'what ids and generated data derive from', wholeNumber)
      .addOption(
        new Option('--audit <mode>', 'which changes leave an audit event').choices(['full', 'documented', 'none']),
      )
      .addHelpText('after', help('postern simulate --port 8080', 'none', '0 stopped, 1 error'))
      .action(
        run(async (session, command) =>
          (await import('./commands/simulate.ts')).simulate(session, command.opts<SimulateFlags>()),
        ),
      ),
  schema: (command, run) =>
    common(command, ['text'])
      .summary('print the JSON Schema of the documents')
      .description('Prints the JSON Schema (2020-12) of all documents, for editors and other tools.')
      .addHelpText('after', help('postern schema --output policy.schema.json', 'none', '0'))
      .action(run(async session => (await import('./commands/schema.ts')).schema(session))),
}
