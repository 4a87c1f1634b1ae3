import type { PlanFacts } from '../plan-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const planExplanations: ExplanationsOf<PlanFacts> = {
  'plan/unclaimed': {
    means:
      'These active managed accounts match no selector of any policy that could take them. They stay in the policy they are in, and nobody governs which one that is.',
    fix: 'Add their domain, a group or the accounts to a policy, or `everyoneElse: true` to one policy of their directory. If it is meant so, leave it.',
  },
  'plan/unknown-directory': {
    means:
      'An account may be moved only within what its directory allows, and the directory of these accounts is not known: the policy they are in is declared by no document, or its document could not be matched with a policy of the organization yet. They are not moved.',
    fix: 'Declare the policy they are in, with `id` and `directory`. If it is declared, write its `id` into the document: the console shows it in the address of the policy’s page.',
  },
  'plan/account-inactive': {
    means: 'A policy names an account that is deactivated. Only active accounts are moved.',
    fix: 'Remove it from `members.accounts`, or activate the account at admin.atlassian.com → Directory → Users.',
  },
  'plan/account-not-found': {
    means:
      'A policy names an address that no managed or external account of the organization has. It was changed or deleted, or is mistyped.',
    fix: 'Correct the address or remove it. `postern explain EMAIL` names the nearest addresses.',
  },
  'plan/group-not-found': {
    means:
      'A selector, `except` or `rollout` names a group that the organization does not have. Its members cannot be known, so there is no plan: a policy that lost its group would let its members go.',
    fix: 'Check the name under Directory → Groups; case counts. If the group was renamed or removed, change the document.',
  },
  'plan/two-groups': {
    means:
      'Several groups of the organization have this name, usually in two directories, and a selector can mean only one.',
    fix: 'Rename one of them under Directory → Groups, and use that name in the document.',
  },
  'plan/external-group-members': {
    means:
      'The group that a policy selects holds external accounts. No authentication policy can hold them, so they are left out.',
    fix: 'Nothing, if that is known: the [external user policy](external-users.md) applies to them. If they should be managed, claim their domain.',
  },
  'plan/domain-not-verified': {
    means:
      'A domain under `domains` is not verified in the organization any more, or was never its own. Accounts on a domain that lapses become external and slip out of every authentication policy.',
    fix: 'Verify it again at admin.atlassian.com → Settings → Domains; the DNS record was usually removed. If the domain was given up, remove it from `domains`.',
  },
  'plan/two-objects': {
    means:
      'The organization has several objects of this kind and name, such as two IP allowlists, and a document means one. It holds for an object that is declared and for one that the last apply governed and would now remove.',
    fix: 'Rename all but one of them in the console, then plan again.',
  },
  'plan/unreadable-field': {
    means:
      'The API serves this field in a form that Postern does not know, so it is neither compared nor changed. The other fields are.',
    fix: 'Look at the value in the console, and please report the message: Atlassian may have changed the API.',
  },
  'plan/settling': {
    means:
      'Atlassian is still putting an earlier change to this object into effect, so what was read may change by itself.',
    fix: 'Plan again in a few minutes.',
  },
  'plan/access-violated': {
    means:
      'External accounts break an access rule of the external user policy, `allowedDomains` or `inactiveAfter`, and `onViolation` is `report` or left out, so they are only named.',
    fix: 'Set `onViolation: suspend` to take their access, or widen the rule. [Access rules](access-rules.md) says who is never suspended.',
  },
  'plan/access-spared': {
    means:
      'These external accounts break an access rule and are exempt: break-glass accounts, organization admins and portal customers, and those of which the API does not tell roles, apps or an address, since they may be one.',
    fix: 'Look at them yourself. If one should lose access, suspend it in the console.',
  },
  'plan/activity-unknown': {
    means:
      'The rule `inactiveAfter` needs the day of the last activity, and neither an export nor the API tells it of these accounts. Nobody is suspended on a guess.',
    fix: 'Take in *Export users* (Security → External users): `postern observe external-users.csv`.',
  },
  'plan/activity-unreadable': {
    means:
      'The API did not let the key ask when accounts were last active. Whoever would have to be asked for is left alone by `inactiveAfter`.',
    fix: 'Give the key what the message names, or take in *Export users* with `postern observe`.',
  },
  'plan/activity-limit': {
    means:
      'One request tells the last activity of one account, and Atlassian allows 200 a minute, so a plan asks for 150 of them unless told otherwise. Those not asked for are left alone by `inactiveAfter`.',
    fix: 'Take in *Export users* with `postern observe`, which needs no request for each, or ask for all with the `--last-active` that the message names.',
  },
  'plan/tokens-unreadable': {
    means:
      'The key may not list the API tokens of the organization. Who goes around sign-in with a token is then unknown: in coverage, live tokens count as unknown, and nothing can contradict `apiTokens: block`.',
    fix: 'Create a key that has the scope `read:tokens:admin`, too.',
  },
  'plan/no-address': {
    means:
      'The API serves these accounts without an email address. They are counted; they cannot be moved or suspended, because selectors and requests go by address.',
    fix: 'Look at them in Directory → Users. Accounts of other organizations can hide their address from yours.',
  },
  'plan/evidence-contradicted': {
    means:
      'There is evidence of a setting, and something newer speaks against it: an API token that works although tokens are said to be blocked. The evidence counts as stale, and the plan has a step to look again.',
    fix: 'Open the page that the console step names, set the value again if it differs, and attest it. A change of the external user policy takes about ten minutes to hold.',
  },
  'plan/no-longer-governed': {
    means:
      'Documents of the last apply are gone, and Postern does not remove what they stood for: from now on nobody compares or changes these objects. A file that was lost in a merge looks like this.',
    fix: 'Bring the file back if it was lost. If you meant to stop governing them, apply: the warning comes once.',
  },
  'plan/file-unreadable': {
    means:
      'The file is no saved plan: it is not there, is not JSON, or lacks what a plan has. The output of `plan --format json` is a report and cannot be applied.',
    fix: 'Save a plan with `postern plan --out plan.json` and give that file.',
  },
  'plan/file-edited': {
    means:
      'The seal, the digest or the documents in the file do not fit its content: it was changed after it was made, by hand or in transit. Nothing was sent.',
    fix: 'Change the documents and plan again. A plan is applied as it was reviewed, or not at all.',
  },
  'plan/file-foreign-request': {
    means:
      'A request in the plan file is not the one that its steps come to. Whoever made the file wanted to send something that the steps do not show. Nothing was sent.',
    fix: 'Do not apply it. Find out where the file comes from, and plan again.',
  },
  'plan/newer-format': {
    means: 'The plan was saved by a newer Postern, in a format that this one does not read.',
    fix: 'Use the same version for plan and apply: update this one, or plan again with it.',
  },
}
