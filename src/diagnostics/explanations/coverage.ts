import type { CoverageFacts } from '../coverage-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const coverageExplanations: ExplanationsOf<CoverageFacts> = {
  'coverage/unmet': {
    means:
      'Fewer accounts than a CoverageRequirement asks for pass the second factor it names, counted by current evidence, API tokens as its `tokens` says. Its severity is that of the requirement. Right after the first plan nearly everything is unmet, because nothing is proved yet.',
    fix: 'See the remedies of `postern coverage`: each says whom it is about and what it would change. If the settings are right and only evidence is missing, observe and attest. For a single account write an Exception.',
  },
  'coverage/empty-population': {
    means:
      'Nobody is left whom the requirement could be about: no account fits its `population`, or every one is excepted. Nothing measured is not the same as met, so this is an error.',
    fix: 'Check `population` for a misspelt role, domain or policy, and the Exceptions. If the accounts are gone for good, remove the requirement.',
  },
  'coverage/exception-unneeded': {
    means:
      'An Exception takes an account out of a requirement that the account meets anyway, or that is not about it. It hides nothing today, and would hide something tomorrow.',
    fix: 'Remove the Exception.',
  },
  'coverage/no-verified-domain': {
    means:
      'No domain of the organization is verified, so every account is external: authentication policies hold nobody, and the external user policy needs a verified domain as well.',
    fix: 'Verify your own domain at admin.atlassian.com → Settings → Domains, then claim its accounts.',
  },
  'coverage/no-accounts': {
    means:
      'The listing shows no account of any kind. That is a key that may not see them, or a listing that failed; it is never taken for full coverage.',
    fix: 'Look at Directory → Users with the account that owns the key, and check the scopes that `postern coverage --help` names.',
  },
  'coverage/listing-unreadable': {
    means:
      'The older listing of managed accounts could not be read. Levels and requirements are the same without it; app accounts, portal customers and last activity are missing from the report.',
    fix: 'Create a key that has the scope `read:accounts:admin`, too.',
  },
  'coverage/unknown-account': {
    means: '`postern explain` was given an address that no account of the organization has.',
    fix: 'Use the full email address; the message names near ones where there are any.',
  },
}
