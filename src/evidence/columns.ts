/** The three console exports (ref 2.4). */
export type ExportKind = 'members' | 'accounts' | 'external-users'

/** A column of an export: what we call it, and the headings it may have, folded. The first is the documented one. */
interface Column {
  readonly headings: readonly string[]
  /** Without it the file is not this export. */
  readonly essential?: true
}

const email = { headings: ['email', 'emailaddress', 'useremail'] }
const accountId = { headings: ['atlassianid', 'accountid', 'atlassianaccountid'] }
const lastActive = { headings: ['lastactive', 'lastseen', 'lastactivedate'] }
const status = { headings: ['status', 'accountstatus'] }
const name = { headings: ['name', 'fullname', 'username'] }
const billable = { headings: ['billable'] }
const policyType = { headings: ['policytype', 'policytypebillablenonbillable'] }
const singleSignOn = { headings: ['samlsso', 'samlsinglesignon', 'singlesignon', 'sso'] }

/** The documented columns of each export. The headings are matched by meaning: letters and digits only, case aside. */
export const columns = {
  members: {
    name,
    email: { ...email, essential: true },
    lastActive,
    status,
    billable,
    policyName: { headings: ['policyname', 'authenticationpolicy', 'policy'], essential: true },
    policyType,
    singleSignOn: { ...singleSignOn, essential: true },
    twoStepVerification: { headings: ['twostepverificationenabled', 'twostepverification', '2sv'] },
    passwordRequirements: {
      headings: ['passwordrequirements', 'passwordstrength', 'passwordrequirement'],
      essential: true,
    },
    idleSession: { headings: ['idlesessionduration', 'idlesession'], essential: true },
  },
  accounts: {
    name,
    accountId: { ...accountId, essential: true },
    status,
    lastActive,
    claimed: { headings: ['claimed', 'claimstatus'], essential: true },
    billable,
    policyType,
    singleSignOn: { ...singleSignOn, essential: true },
    twoStepVerification: { headings: ['twostepverification', 'twostepverificationenabled', '2sv'] },
    verifiedEmail: { headings: ['verifiedemail', 'emailverified', 'email'] },
  },
  'external-users': {
    email: { ...email, essential: true },
    accountId: { ...accountId, essential: true },
    lastActive: { ...lastActive, essential: true },
    apps: { headings: ['apps', 'products', 'appaccess'] },
    guardBillable: {
      headings: ['billableforguardstandard', 'billableforguard', 'billableforatlassianguardstandard'],
      essential: true,
    },
  },
} as const satisfies Readonly<Record<ExportKind, Readonly<Record<string, Column>>>>

/** How the console calls each export. */
export const exportNames: Readonly<Record<ExportKind, string>> = {
  members: 'Export members (Security → Authentication policies)',
  accounts: 'Export accounts (Settings → Domains)',
  'external-users': 'Export users (Security → External users)',
}

export const foldHeading = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Which export a header line belongs to, and at which position each of its columns is. */
export type Recognized =
  | { readonly kind: ExportKind; readonly at: ReadonlyMap<string, number>; readonly unknown: readonly string[] }
  | { readonly lacks: Readonly<Record<ExportKind, readonly string[]>> }

/** Recognizes an export by its header line. */
export function recognize(header: readonly string[]): Recognized {
  const folded = header.map(foldHeading)
  const lacks: Record<ExportKind, readonly string[]> = { members: [], accounts: [], 'external-users': [] }
  for (const kind of Object.keys(columns) as ExportKind[]) {
    const own: Readonly<Record<string, Column>> = columns[kind]
    const at = new Map<string, number>()
    for (const [column, { headings }] of Object.entries(own)) {
      const position = headings.map(heading => folded.indexOf(heading)).find(index => index !== -1)
      if (position !== undefined) at.set(column, position)
    }
    lacks[kind] = Object.entries(own).flatMap(([column, { essential, headings }]) =>
      essential === true && !at.has(column) ? [headings[0] ?? column] : [],
    )
    if (lacks[kind].length === 0) {
      const known = new Set(at.values())
      return { kind, at, unknown: header.filter((_, index) => !known.has(index)) }
    }
  }
  return { lacks }
}
