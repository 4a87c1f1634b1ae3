import type { OrgFacts } from '../org-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const orgExplanations: ExplanationsOf<OrgFacts> = {
  'org/no-key': {
    means:
      'The command talks to the organization and `POSTERN_API_KEY` is not set or empty. The key is read from nowhere else.',
    fix: 'An organization admin creates a key at admin.atlassian.com → Organization settings → API keys. Export it as `POSTERN_API_KEY`; in CI, take it from the secret store. `--help` of each command names the scopes it needs.',
  },
  'org/bad-key': {
    means:
      'The value of `POSTERN_API_KEY` holds a character that no key has: a space or a line break within it, or a letter that is not ASCII. It was not sent anywhere.',
    fix: 'Export the key as it was shown. Look for two keys in one variable, for a whole line `NAME=value` as the value, and for typographic quotes.',
  },
  'org/bad-url': {
    means:
      'The address of the API or of the console cannot be used. It is no address, holds a name or a password, has a path or a query where none belongs, or is not https. The key would go there, and people would sign in there, so plain http is only for this machine.',
    fix: 'Correct `--api-url` or `POSTERN_API_URL`, or `--console-url` or `POSTERN_CONSOLE_URL`, as the message shows. Outside of tests, leave both out.',
  },
  'org/key-refused': {
    means:
      'The API answered 401: it does not take this key. The key is mistyped, was revoked, is past its end (a key lives a year at most), or the admin who created it is no longer an organization admin.',
    fix: 'Create a new key at admin.atlassian.com → Organization settings → API keys and set `POSTERN_API_KEY`. A key of another kind, such as a personal API token, is refused in the same way.',
  },
  'org/missing-scope': {
    means:
      'The API answered 403 because the key lacks a scope. Where the answer listed the scopes, the message repeats them; else it names the one that is documented for the call. Some calls take only a key without scopes.',
    fix: 'Scopes cannot be added to a key: create a new one with the scopes that `--help` of the command lists, and set `POSTERN_API_KEY`.',
  },
  'org/forbidden': {
    means:
      'The API answered 403 and did not say that a scope is missing: the admin who owns the key may not do this in this organization, or the organization’s plan does not include it.',
    fix: 'Check at admin.atlassian.com that the owner of the key is still an organization admin. Where the message names a scope, check that the key has it.',
  },
  'org/not-found': {
    means:
      'The API answered 404, or 410 for an operation that Atlassian has announced the end of: the object is not there, or the key cannot see it.',
    fix: 'Check that `id` of the Organization document is right and that nobody removed the object since the plan was made; then plan again. If the operation has ended, update Postern.',
  },
  'org/feature-off': {
    means:
      'This part of the API is switched off for the organization. That is not an empty list: an organization without the feature cannot be told from one where everything was removed, so nothing is compared.',
    fix: 'Check at admin.atlassian.com → Billing that Atlassian Guard Standard is there. Without it, remove the documents that need the feature, such as IpAllowlist.',
  },
  'org/rate-limited': {
    means:
      'The API answered 429 again and again. Postern waits for as long as it is asked to, five minutes in all for one call, and then gives up.',
    fix: 'Run it again after the time in the message. Other programs with a key of the same organization share the limit; `--last-active` of plan and drift lowers the number of calls.',
  },
  'org/unreachable': {
    means:
      'No connection to the API came about: the name does not resolve, the connection was refused or reset, or the certificate is not trusted. The cause is in the message.',
    fix: 'Check the network, the firewall and `POSTERN_API_URL`. Postern connects directly: it does not use `HTTPS_PROXY`. Behind a proxy that opens TLS, give Node.js its certificate with `NODE_EXTRA_CA_CERTS`.',
  },
  'org/timeout': {
    means:
      'The API took the request and did not answer in time. A write may have been carried out all the same; the message says so.',
    fix: 'Run it again. After a write, `postern plan` shows whether it was carried out.',
  },
  'org/server-error': {
    means:
      'The API answered with a fault of its own (408 or 5xx), also after Postern tried again where that is harmless.',
    fix: 'See status.atlassian.com and run it again later. For Atlassian’s support, note the request id in the message.',
  },
  'org/redirected': {
    means:
      'The API’s address answered with a redirect. It is not followed, since the key must not go to another host. A captive portal or a proxy usually does this.',
    fix: 'Check the proxy and `POSTERN_API_URL`, which is the host alone: `https://api.atlassian.com`.',
  },
  'org/refused': {
    means:
      'The API answered with another 4xx: it understood the request and does not want it as it stands. Atlassian’s own words, where there are any, are in the message.',
    fix: 'Read Atlassian’s words. If an address or an id is wrong, correct the document and plan again. If the documents are right, report it with the message.',
  },
  'org/unreadable': {
    means:
      'The answer is not JSON, or lacks what it must hold. A proxy that answers in Atlassian’s place looks like that, and so does a change of the API. Nothing is concluded from such an answer.',
    fix: 'Open the address in the message from the same machine: a sign-in page of a proxy shows it. Otherwise update Postern, or report the message.',
  },
  'org/write-in-read-only': {
    means:
      'A command that only reads was about to send a request that could change something. The sender for such commands refused it; nothing was sent. It is a fault in Postern.',
    fix: 'Report it with the message. The organization is as it was.',
  },
  'org/write-refused': {
    means:
      'A plan holds a request that Postern does not send: it is no documented write, or it names another organization, or Atlassian has switched the operation off. A plan file that was edited or made by another version gives this.',
    fix: 'Make the plan again with this version: `postern plan --out plan.json`. Nothing was sent.',
  },
  'org/not-applied': {
    means:
      'Atlassian accepted the change and then reported that it could not put it into effect for some apps. The change is recorded there and does not hold everywhere.',
    fix: 'Look at the state of these apps at admin.atlassian.com, in the policy’s list of resources, and plan again: what is left shows as a step.',
  },
  'org/other-organization': {
    means: 'The key works, and the organization of the Organization document is not among those that it sees.',
    fix: 'Use the `id` that the message names, or a key of the organization you mean. If it sees none, it is no organization API key.',
  },
  'org/without-guard': {
    means:
      'The documents declare several policies, while all managed accounts are in a single one and the audit log cannot be read. That is what an organization without Atlassian Guard Standard looks like: there is one authentication policy, and no external user policy.',
    fix: 'Keep one AuthenticationPolicy document and no ExternalUserPolicy, or subscribe at admin.atlassian.com → Billing. If the organization has Guard, check that the key’s owner may read the audit log.',
  },
  'org/too-many-requests': {
    means:
      'The command would have sent more requests than `--max-requests` allows. It stopped before the first one too many; repetitions count, too.',
    fix: 'Allow more. `postern plan` prints how many requests it sent, how many an apply will send, and how long that takes.',
  },
  'org/stopped': {
    means: 'The run was interrupted (Ctrl-C, or the end of the job) while this call was waiting.',
    fix: 'Run the command again. If it was an apply, it looks first what was done and goes on with the rest.',
  },
}
