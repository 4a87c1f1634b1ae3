import type { GuardFacts } from '../guard-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

/** Output shows these guards by their bare code, without the area. */
export const guardExplanations: ExplanationsOf<GuardFacts> = {
  'guard/too-many-moves': {
    means:
      'The plan moves more than `guards.moves.percent` of the active managed accounts (10 % by default), and at least `guards.moves.atLeast` of them (20). A selector that was widened by mistake looks like this.',
    fix: 'Read the moves: `postern plan --verbose` lists them all. If they are meant, `--allow too-many-moves` lifts it for one run; a [rollout](rollout.md) takes them in by stages.',
  },
  'guard/too-many-suspensions': {
    means:
      'The plan suspends more than `guards.suspensions.percent` of the active external accounts (5 % by default), and at least `guards.suspensions.atLeast` of them (5). A domain missing from `allowedDomains` looks like this.',
    fix: 'Read who is suspended and by which rule. If it is meant, `--allow too-many-suspensions`; the approvals for suspensions are needed all the same.',
  },
  'guard/minimum-org-admins': {
    means:
      'At some point of the plan fewer organization admins could sign in than `guards.minimumOrgAdmins` asks for (2 by default), and the plan lowers their number. Each step is played through, also those for the console.',
    fix: 'Keep more admins in a policy that does not shut them out, or make another admin first. `--allow minimum-org-admins` lifts it.',
  },
  'guard/locks-out-admins': {
    means:
      'Some step would keep an organization admin from signing in, or would leave all of them dependent on one identity provider: if that fails, nobody can switch single sign-on off.',
    fix: 'Put at least one admin into a policy without single sign-on before the step. `--allow locks-out-admins` lifts it.',
  },
  'guard/locks-out-runner': {
    means:
      'After the plan, Postern itself could not work: the owner of its key (`runner.keyOwner`) could not sign in, or an IP allowlist leaves out an address of `runner.addresses`. Where these are not declared the guard says “not checked”.',
    fix: 'Add the addresses to `ranges` of the allowlist, or move the owner of the key. `--allow locks-out-runner` lifts it.',
  },
  'guard/break-glass': {
    means:
      'A step touches an account that was under `breakGlass` at the last apply or is now, or the settings of the policy that holds it; or it would be shut out, or `allowedDomains` leaves it out; or the documents no longer name it. Where none is declared the guard says “not checked”.',
    fix: 'Leave these accounts out with `members.except.accounts`. If the change is meant, `--allow break-glass`, and test the sign-in right afterwards.',
  },
  'guard/untested-external': {
    means:
      'All external users would be asked for a passcode or single sign-on that the test policy has not carried, with evidence, for as long as `guards.externalTestedFor` says. Where that is left out the guard says “not checked”.',
    fix: 'Set the same in the test policy in the console, put test users in it, attest it with `postern attest ExternalUserPolicy/test`, and wait that long. `--allow untested-external` lifts it.',
  },
  'guard/loosens': {
    means:
      'The plan makes something less safe: a looser setting, a managed setting that is dropped, weaker guards, approvals or break-glass accounts, a move into a looser policy, or a lower coverage level. The summary names what.',
    fix: 'If `approvals.loosening` is declared, collect that many approvals: `postern approve plan.json --as NAME`. Else `--allow loosens` lifts it, and declaring approvals is the better way.',
  },
  'guard/suspends': {
    means:
      'The plan takes access from people, and fewer have approved it than `approvals.suspensions` asks for. `--allow` does not lift it.',
    fix: 'Have it approved: `postern approve plan.json --as NAME`, by somebody other than who made the plan.',
  },
  'guard/needs-approval': {
    means:
      'The documents ask for approvals of every plan (`approvals.everything`), and fewer are there. `--allow` does not lift it.',
    fix: 'Have it approved: `postern approve plan.json --as NAME`. If nobody knows who made the plan, plan again with `--author LOGIN`.',
  },
  'guard/unverified': {
    means:
      'Some declared settings have no current evidence. With `--require-evidence` that stops the apply; without it the guard says “not checked”.',
    fix: 'Take in console exports with `postern observe` and state the rest with `postern attest`. See [evidence](evidence.md).',
  },
  'guard/stale-plan': {
    means:
      'The saved plan is older than it may be (`guards.planExpiresAfter`, 24 hours by default), or its time is in the future. The organization has moved on since.',
    fix: 'Plan again, and have the new plan approved. Where the time is in the future, check the clocks of both machines.',
  },
  'guard/frozen': {
    means: 'The documents keep this time free of changes (`freeze` of the Organization document).',
    fix: 'Wait until the time in the summary. In an emergency `--allow frozen` lifts it for one run.',
  },
  'guard/other-organization': {
    means: 'The documents, the key and the ledger are not of one organization. Nothing lifts this guard.',
    fix: 'Correct `id` of the Organization document, `POSTERN_API_KEY` or `POSTERN_LEDGER`, whichever is the wrong one.',
  },
  'guard/empty-desired': {
    means:
      'The documents declare no policy and no allowlist any more, and the last apply governed some. This is a wrong folder or a bad merge more often than a wish.',
    fix: 'Check the folder and the last merge. To stop governing everything, `--allow empty-desired`.',
  },
  'guard/empty-live': {
    means:
      'The organization shows no active managed account although authentication policies are declared, or no account at all. A listing that failed is never taken for an empty organization.',
    fix: 'Check that the key’s owner sees accounts under Directory → Users. For a really empty organization `--allow empty-live`.',
  },
  'guard/unknown-code': {
    means: '`--allow` names a guard that does not exist. Nothing was read or changed.',
    fix: 'Use a bare code such as `--allow too-many-moves`; the message lists them all.',
  },
}
