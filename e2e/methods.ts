// Every com.atproto method: whose permission it needs, and what becomes of it against the reference
// PDS. The tests hold this table to the lexicons and to the server; the README's matrix is made of it.

/** Whose permission a method needs. */
export type Auth =
  /** Everybody may call it. */
  | 'none'
  /** A session's access token. */
  | 'session'
  /** A session's refresh token, which the SDK keeps and sends by itself. */
  | 'refresh token'
  /** The service's administrator: HTTP basic auth on a PDS. */
  | 'admin'

/** What becomes of a method in the tests against the reference PDS. */
export type Coverage =
  /** It is called through the SDK in a scenario of scenarios/, and does what it says. */
  | 'tried'
  /** The reference PDS does not serve it and says so; who does. */
  | { servedBy: string }
  /** It is a WebSocket stream, not a call. */
  | 'stream'

/** A row of the table. */
export interface Method {
  auth: Auth
  coverage: Coverage
}

const tried = <const Allowed extends Auth>(auth: Allowed) => ({ auth, coverage: 'tried' }) as const

const servedBy = (name: string, auth: Auth = 'none') => ({ auth, coverage: { servedBy: name } })

const stream = { auth: 'none', coverage: 'stream' } as const

const admin = {
  'com.atproto.admin.deleteAccount': tried('admin'),
  'com.atproto.admin.disableAccountInvites': tried('admin'),
  'com.atproto.admin.disableInviteCodes': tried('admin'),
  'com.atproto.admin.enableAccountInvites': tried('admin'),
  'com.atproto.admin.getAccountInfo': tried('admin'),
  'com.atproto.admin.getAccountInfos': tried('admin'),
  'com.atproto.admin.getInviteCodes': tried('admin'),
  'com.atproto.admin.getSubjectStatus': tried('admin'),
  'com.atproto.admin.searchAccounts': servedBy('an entryway', 'admin'),
  'com.atproto.admin.sendEmail': tried('admin'),
  'com.atproto.admin.updateAccountEmail': tried('admin'),
  'com.atproto.admin.updateAccountHandle': tried('admin'),
  'com.atproto.admin.updateAccountPassword': tried('admin'),
  'com.atproto.admin.updateAccountSigningKey': servedBy('an entryway', 'admin'),
  'com.atproto.admin.updateSubjectStatus': tried('admin'),
} as const

const identity = {
  'com.atproto.identity.getRecommendedDidCredentials': tried('session'),
  'com.atproto.identity.refreshIdentity': servedBy('an identity service'),
  'com.atproto.identity.requestPlcOperationSignature': tried('session'),
  'com.atproto.identity.resolveDid': servedBy('an identity service'),
  'com.atproto.identity.resolveHandle': tried('none'),
  'com.atproto.identity.resolveIdentity': servedBy('an identity service'),
  'com.atproto.identity.signPlcOperation': tried('session'),
  'com.atproto.identity.submitPlcOperation': tried('session'),
  'com.atproto.identity.updateHandle': tried('session'),
} as const

const moderation = {
  'com.atproto.label.queryLabels': servedBy('a labeler'),
  'com.atproto.label.subscribeLabels': stream,
  'com.atproto.lexicon.resolveLexicon': servedBy('a lexicon service'),
  'com.atproto.moderation.createReport': tried('session'),
} as const

const repo = {
  'com.atproto.repo.applyWrites': tried('session'),
  'com.atproto.repo.createRecord': tried('session'),
  'com.atproto.repo.deleteRecord': tried('session'),
  'com.atproto.repo.describeRepo': tried('none'),
  'com.atproto.repo.getRecord': tried('none'),
  'com.atproto.repo.importRepo': tried('session'),
  'com.atproto.repo.listMissingBlobs': tried('session'),
  'com.atproto.repo.listRecords': tried('none'),
  'com.atproto.repo.putRecord': tried('session'),
  'com.atproto.repo.uploadBlob': tried('session'),
} as const

const server = {
  'com.atproto.server.activateAccount': tried('session'),
  'com.atproto.server.checkAccountStatus': tried('session'),
  'com.atproto.server.confirmEmail': tried('session'),
  'com.atproto.server.createAccount': tried('none'),
  'com.atproto.server.createAppPassword': tried('session'),
  'com.atproto.server.createInviteCode': tried('admin'),
  'com.atproto.server.createInviteCodes': tried('admin'),
  'com.atproto.server.createSession': tried('none'),
  'com.atproto.server.deactivateAccount': tried('session'),
  'com.atproto.server.deleteAccount': tried('none'),
  'com.atproto.server.deleteSession': tried('refresh token'),
  'com.atproto.server.describeServer': tried('none'),
  'com.atproto.server.getAccountInviteCodes': tried('session'),
  'com.atproto.server.getServiceAuth': tried('session'),
  'com.atproto.server.getSession': tried('session'),
  'com.atproto.server.listAppPasswords': tried('session'),
  'com.atproto.server.refreshSession': tried('refresh token'),
  'com.atproto.server.requestAccountDelete': tried('session'),
  'com.atproto.server.requestEmailConfirmation': tried('session'),
  'com.atproto.server.requestEmailUpdate': tried('session'),
  'com.atproto.server.requestPasswordReset': tried('none'),
  'com.atproto.server.reserveSigningKey': tried('none'),
  'com.atproto.server.resetPassword': tried('none'),
  'com.atproto.server.revokeAppPassword': tried('session'),
  'com.atproto.server.updateEmail': tried('session'),
} as const

const sync = {
  'com.atproto.sync.getBlob': tried('none'),
  'com.atproto.sync.getBlocks': tried('none'),
  'com.atproto.sync.getCheckout': tried('none'),
  'com.atproto.sync.getHead': tried('none'),
  'com.atproto.sync.getHostStatus': servedBy('a relay'),
  'com.atproto.sync.getLatestCommit': tried('none'),
  'com.atproto.sync.getRecord': tried('none'),
  'com.atproto.sync.getRepo': tried('none'),
  'com.atproto.sync.getRepoStatus': tried('none'),
  'com.atproto.sync.listBlobs': tried('none'),
  'com.atproto.sync.listHosts': servedBy('a relay'),
  'com.atproto.sync.listRepos': tried('none'),
  'com.atproto.sync.listReposByCollection': servedBy('a relay'),
  'com.atproto.sync.notifyOfUpdate': servedBy('a relay'),
  'com.atproto.sync.requestCrawl': servedBy('a relay'),
  'com.atproto.sync.subscribeRepos': stream,
} as const

const temp = {
  'com.atproto.temp.addReservedHandle': servedBy('an entryway', 'admin'),
  'com.atproto.temp.checkHandleAvailability': servedBy('an entryway'),
  'com.atproto.temp.checkSignupQueue': tried('session'),
  'com.atproto.temp.dereferenceScope': servedBy('an entryway'),
  'com.atproto.temp.fetchLabels': servedBy('a labeler'),
  'com.atproto.temp.requestPhoneVerification': servedBy('an entryway'),
  'com.atproto.temp.revokeAccountCredentials': servedBy('an entryway', 'admin'),
} as const

/** The table, by NSID. */
export const methods = {
  ...admin,
  ...identity,
  ...moderation,
  ...repo,
  ...server,
  ...sync,
  ...temp,
} as const satisfies Record<string, Method>

/** The NSIDs of the methods that must have a scenario. */
export type TriedMethod = {
  [Nsid in keyof typeof methods]: (typeof methods)[Nsid]['coverage'] extends 'tried' ? Nsid : never
}[keyof typeof methods]
