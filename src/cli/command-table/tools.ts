import { Option } from 'commander'
import type { SimulateFlags } from '../commands/simulate.ts'
import { common, help, wholeNumber } from '../options.ts'
import type { CommandTable } from './contract.ts'

/** The commands beside the organization. */
export const toolCommands: CommandTable = {
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
          (await import('../commands/simulate.ts')).simulate(session, command.opts<SimulateFlags>()),
        ),
      ),
  schema: (command, run) =>
    common(command, ['text'])
      .summary('print the JSON Schema of the documents')
      .description('Prints the JSON Schema (2020-12) of all documents, for editors and other tools.')
      .addHelpText('after', help('postern schema --output policy.schema.json', 'none', '0'))
      .action(run(async session => (await import('../commands/schema.ts')).schema(session))),
}
