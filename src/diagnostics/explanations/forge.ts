import type { ForgeFacts } from '../forge-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const forgeExplanations: ExplanationsOf<ForgeFacts> = {
  'forge/refused': {
    means:
      'The forge knows the token, but the token may not do this. The message names the permission: for GitHub as the answer itself lists it, else as the documentation of the call does.',
    fix: 'On GitHub add the permission to `permissions:` of the job. The token of a pull request from a fork can only read, and that is as it should be: its plan is in the summary of the job. On GitLab and Bitbucket create a token with the scope that is named.',
  },
  'forge/unauthorized': {
    means: 'The forge does not accept the token at all: it is mistyped, was revoked, or is past its end.',
    fix: 'Create a new token and set it as the variable that the message names. On GitHub pass `${{ github.token }}`.',
  },
  'forge/not-found': {
    means:
      'The forge says that there is no such pull request, comment, issue or commit. It says the same of what the token may not see, so both are possible. On Bitbucket, the pull requests of a commit are only answered where its app for commit links is installed.',
    fix: 'Check the number, then the permission that the message names.',
  },
  'forge/too-long': {
    means: 'A text is longer than the forge takes. Reports are cut before they are posted, so this should not happen.',
    fix: 'Please report it, with the number of steps of the plan.',
  },
  'forge/rate-limited': {
    means:
      'The forge refused the call because too many were made, and asked to wait for longer than a job should. Postern waits what is asked, but not beyond a few minutes.',
    fix: 'Run the job again later. Where many jobs share one token, give this one its own.',
  },
  'forge/unreachable': {
    means: 'No answer came from the API of the forge, and reading was tried several times.',
    fix: 'Check the network and the proxy of the runner, and the status page of the forge.',
  },
  'forge/unexpected': {
    means:
      'The forge answered with something that is neither a success nor a refusal Postern knows, or with a success that is not what its documentation promises.',
    fix: 'Read what the forge says in the message. A server error usually passes: run the job again. A redirect means that the repository was renamed or that a proxy is in between.',
  },
  'forge/contested': {
    means:
      'Whenever Postern looked, its comment had been changed or removed by another job or a person in the meantime, and it stopped trying.',
    fix: 'Put the jobs of one pull request in one concurrency group (GitHub `concurrency`, GitLab `resource_group`), and run the job again.',
  },
  'forge/bad-event': {
    means:
      'GitHub describes the event that started the job in a file, and that file could not be understood. Postern does not guess which pull request it was.',
    fix: 'Let the runner set `GITHUB_EVENT_PATH`. To try a job elsewhere, give it a payload as GitHub documents it.',
  },
  'forge/no-variable': {
    means: 'Some variables of the CI system are there and others are not, so that it is not known where the job runs.',
    fix: 'Pass all variables of the CI system on where the job runs in a container or by way of a script.',
  },
}
