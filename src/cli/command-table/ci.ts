import { Argument, Option } from 'commander'
import type { CiFlags } from '../ci/job.ts'
import type { CiJob } from '../commands/ci.ts'
import {
  allow,
  author,
  collect,
  common,
  emails,
  folderHelp,
  full,
  help,
  lastActive,
  liveScopes,
  places,
  requireEvidence,
} from '../options.ts'
import type { CommandTable } from './contract.ts'

/** The jobs of a pipeline. */
export const ciCommands: CommandTable = {
  ci: (command, run) =>
    places(common(command, ['text']))
      .summary('run a job of GitHub Actions, GitLab CI or Bitbucket Pipelines')
      .description(
        'Does what a pipeline does for policies: `plan` puts one comment on the pull request, `apply` carries out after the merge exactly the plan that was commented, `drift` opens, updates and closes one issue. Leaves the whole in a report and tells the pipeline outputs. Posts with GITHUB_TOKEN, GITLAB_TOKEN or BITBUCKET_TOKEN.',
      )
      .usage('[options] <job> [dir]')
      .addArgument(new Argument('<job>', 'what to do').choices(['plan', 'apply', 'drift'] satisfies CiJob[]))
      .argument('[dir]', folderHelp)
      .option('--base <commit>', 'plan: what to compare the documents with (default: what CI tells)')
      .addOption(
        new Option('--snapshot <file>', 'plan: from a snapshot, where the job has no key').conflicts([
          'ledger',
          'apiUrl',
        ]),
      )
      .option('--digest <digest>', 'apply: the plan that was looked at (default: that of the comment)')
      .option('--unreviewed', 'apply: also commits that came in without a pull request, or whose plan nobody saw')
      .option('--otp <name:code>', 'apply: approve in one go with a one-time code; may be repeated', collect)
      .option('--report <folder>', 'where the whole is written, for the pipeline to keep', 'postern-report')
      .option('--no-comment', 'post nothing')
      .addOption(allow())
      .addOption(author())
      .addOption(requireEvidence())
      .addOption(lastActive())
      .addOption(full('drift: '))
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          ['postern ci plan policies', 'postern ci apply policies', 'postern ci drift policies'],
          liveScopes([], ['read:events:admin', 'and write:policies:admin for apply']),
          '0 planned, applied or told, 2 drift that no issue tells of, 3 blocked, 1 refused, a step failed, or an error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/ci.ts')).ci(
            session,
            command.args[0] as CiJob,
            command.args[1],
            command.opts<CiFlags>(),
          ),
        ),
      ),
}
