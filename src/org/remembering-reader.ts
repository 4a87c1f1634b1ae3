import type { OrgReader } from './reader.ts'

/** A reader that asks for nothing twice. */
export interface RememberingReader extends OrgReader {
  /** The answers to these questions may be others now: they are asked again. */
  forget(questions: readonly (keyof OrgReader)[]): void
}

/**
 * Whoever asks again, or meanwhile, gets the answer that the first one got. A question that failed is asked again. What is written is not noticed: who writes says what to forget, or makes a new
 * reader.
 */
export function rememberingReader(reader: OrgReader): RememberingReader {
  const answers = new Map<string, Promise<unknown>>()

  function once<T>(question: keyof OrgReader, asked: unknown, ask: () => Promise<T>): Promise<T> {
    const key = `${question} ${JSON.stringify(asked)}`
    const known = answers.get(key) as Promise<T> | undefined
    if (known !== undefined) return known
    const answer = ask()
    answers.set(key, answer)
    // Another one may have been given meanwhile.
    answer.catch(() => answers.get(key) === answer && answers.delete(key))
    return answer
  }

  /** All pages are there before the first is given: who asks meanwhile waits for the same ones. */
  const pagesOnce = <T>(question: keyof OrgReader, asked: unknown, ask: () => AsyncIterable<readonly T[]>) => ({
    async *[Symbol.asyncIterator]() {
      yield* await once(question, asked, async () => {
        const pages: (readonly T[])[] = []
        for await (const page of ask()) pages.push(page)
        return pages
      })
    },
  })

  return {
    organizations: () => once('organizations', null, () => reader.organizations()),
    organization: () => once('organization', null, () => reader.organization()),
    domains: () => once('domains', null, () => reader.domains()),
    directories: () => once('directories', null, () => reader.directories()),
    users: search => pagesOnce('users', search ?? {}, () => reader.users(search)),
    managedAccounts: () => pagesOnce('managedAccounts', null, () => reader.managedAccounts()),
    userCount: search => once('userCount', search ?? {}, () => reader.userCount(search)),
    userStats: directoryId => once('userStats', directoryId ?? null, () => reader.userStats(directoryId)),
    groups: search => pagesOnce('groups', search ?? {}, () => reader.groups(search)),
    accountPolicies: accountIds => once('accountPolicies', accountIds, () => reader.accountPolicies(accountIds)),
    controlPolicies: type => once('controlPolicies', type, () => reader.controlPolicies(type)),
    policyResources: policyId => once('policyResources', policyId, () => reader.policyResources(policyId)),
    apiTokens: () => pagesOnce('apiTokens', null, () => reader.apiTokens()),
    apiKeys: () => once('apiKeys', null, () => reader.apiKeys()),
    eventActions: () => once('eventActions', null, () => reader.eventActions()),
    events: window => pagesOnce('events', window, () => reader.events(window)),
    forget: questions => {
      for (const key of answers.keys())
        if (questions.some(question => key.startsWith(`${question} `))) answers.delete(key)
    },
    lastActive: accountId => once('lastActive', accountId, () => reader.lastActive(accountId)),
  }
}
