import { Command, InvalidArgumentError, Option } from 'commander'
import type { ApplyFlags } from './commands/apply.ts'
import type { AttestFlags } from './commands/attest.ts'
import type { CoverageFlags } from './commands/coverage.ts'
import type { ExplainFlags } from './commands/explain.ts'
import type { ObserveFlags } from './commands/observe.ts'
import type { PlanFlags } from './commands/plan.ts'
import type { SimulateFlags } from './commands/simulate.ts'
import type { ExitCode } from './exit-code.ts'
import { Session, type CommonOptions } from './session.ts'
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

const folderHelp = 'policy folder (default: policies, else the current folder)'
const planScopes =
  'read:orgs:admin, read:domains:admin, read:policies:admin, and a key that may search users and groups'
const planExits = '0 nothing to change, 2 steps of any kind, 3 blocked by a guard, 1 error'

const environmentHelp = `Environment:
  POSTERN_API_KEY      organization API key; read from nowhere else
  POSTERN_API_URL      stands for https://api.atlassian.com
  POSTERN_CONSOLE_URL  stands for https://admin.atlassian.com in links
  POSTERN_LEDGER       folder of the ledger (default .postern)`

const help = (example: string, scopes: string, exits: string): string =>
  `\nExample:\n  ${example}\n\nKey scopes: ${scopes}\nExit codes: ${exits}`

const common = (command: Command, formats: readonly string[]): Command =>
  command
    .exitOverride()
    .addOption(new Option('--format <format>', 'how the result is printed').choices(formats).default('text'))
    .option('--output <file>', 'write the result to a file')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--quiet', 'only errors and the result')
    .option('--verbose', 'more: each request, every account and field')

const places = (command: Command): Command =>
  command
    .option('--api-url <url>', 'stands for https://api.atlassian.com')
    .option('--console-url <url>', 'stands for https://admin.atlassian.com in links')
    .option('--ledger <folder>', 'where evidence and the last applied state are kept (default: .postern)')

const lastActive = (): Option =>
  new Option(
    '--last-active <number>',
    'ask for so many accounts when they were last active, 200 a minute (default: 150)',
  ).argParser(wholeNumber)

const allow = (): Option =>
  new Option('--allow <code>', 'lift a guard for this run; may be repeated').argParser(collect).default([], 'none')

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
