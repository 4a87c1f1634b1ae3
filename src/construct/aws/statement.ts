/** One statement of a policy. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** What is allowed: these actions on these resources. Sorted, so that the same rights are the same text. */
export const allow = (Sid: string, actions: readonly string[], resources: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action: [...actions].sort(),
  Resource: [...resources].sort(),
})

/** Nobody gets in without TLS 1.2. */
export const denyInsecure = (service: string, resources: readonly string[]): readonly Statement[] =>
  (
    [
      ['DenyInsecureTransport', { Bool: { 'aws:SecureTransport': 'false' } }],
      ...(service === 's3' ? ([['DenyOldTls', { NumericLessThan: { 's3:TlsVersion': '1.2' } }]] as const) : []),
    ] as const
  ).map(([Sid, Condition]) => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action: `${service}:*`,
    Resource: resources,
    Condition,
  }))

/** Who may take a role: one service, on behalf of this account. */
export const trust = (service: string, condition?: Statement['Condition']): Statement => ({
  Sid: 'Trust',
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sts:AssumeRole',
  ...(condition !== undefined && { Condition: condition }),
})

/** The text of a policy. */
export const policyText = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
