// com.atproto.server: accounts, sessions and what is sent to them by e-mail.
import { createSession, SessionEndedError } from 'atproto.ts'
import { expect } from 'vitest'
import type { Actor, Stage } from '../stage.ts'
import type { Scenarios } from './scenario.ts'

/** Logs in with a password. */
async function logIn({ pds }: Stage, { account }: Actor, password = account.password) {
  return createSession({ service: pds.url, identifier: account.handle, password })
}

/** Confirms the account's e-mail address with the code that was sent there. */
async function confirmEmail({ pds }: Stage, { account, atproto }: Actor): Promise<void> {
  await atproto.server.requestEmailConfirmation()
  const token = pds.mailedCode(account.email)
  await atproto.server.confirmEmail({ email: account.email, token })
}

export const server: Scenarios<'server'> = {
  async activateAccount(stage) {
    const { atproto } = await stage.enter()
    await atproto.server.deactivateAccount({})
    await atproto.server.activateAccount()
    expect((await atproto.server.getSession()).data.active).toBe(true)
  },

  async checkAccountStatus(stage) {
    const { atproto } = await stage.enter()
    const { data } = await atproto.server.checkAccountStatus()
    expect(data).toMatchObject({ activated: true, validDid: true, indexedRecords: 0 })
  },

  async confirmEmail(stage) {
    const actor = await stage.enter()
    await confirmEmail(stage, actor)
    expect((await actor.atproto.server.getSession()).data.emailConfirmed).toBe(true)
  },

  async createAccount(stage) {
    const identity = { handle: 'newcomer.test', email: 'newcomer@mail.test' } as const
    const { data } = await stage.visitor.server.createAccount({ ...identity, password: 'hunter2' })
    const atproto = stage.resume({ ...data, didDoc: {} })
    expect((await atproto.server.getSession()).data).toMatchObject({ did: data.did, ...identity })
  },

  async createAppPassword(stage) {
    const actor = await stage.enter()
    const { data } = await actor.atproto.server.createAppPassword({ name: 'laptop' })
    expect(data.name).toBe('laptop')
    expect((await logIn(stage, actor, data.password)).did).toBe(actor.account.did)
  },

  async createInviteCode({ visitor, asAdmin }) {
    const { data } = await visitor.server.createInviteCode({ useCount: 1 }, asAdmin)
    expect(data.code).toMatch(/^localhost-/)
  },

  async createInviteCodes({ visitor, asAdmin }) {
    const { data } = await visitor.server.createInviteCodes({ codeCount: 2, useCount: 1 }, asAdmin)
    expect(data.codes).toEqual([
      { account: 'admin', codes: [expect.any(String), expect.any(String)] },
    ])
  },

  async createSession(stage) {
    const { account } = await stage.enter()
    const { handle: identifier, password, did } = account
    const { data } = await stage.visitor.server.createSession({ identifier, password })
    expect(data).toMatchObject({ did, handle: identifier, active: true })
  },

  async deactivateAccount(stage) {
    const { account, atproto } = await stage.enter()
    await atproto.server.deactivateAccount({})
    const { data } = await stage.visitor.sync.getRepoStatus({ did: account.did })
    expect(data).toMatchObject({ active: false, status: 'deactivated' })
  },

  async deleteAccount(stage) {
    const { account, atproto } = await stage.enter()
    await atproto.server.requestAccountDelete()
    const { did, password, email } = account
    const token = stage.pds.mailedCode(email)
    await stage.visitor.server.deleteAccount({ did, password, token })
    await expect(stage.visitor.sync.getRepoStatus({ did })).rejects.toMatchObject({
      error: 'RepoNotFound',
    })
  },

  async deleteSession(stage) {
    const { atproto } = await stage.enter()
    await atproto.server.deleteSession()
    await expect(atproto.server.getSession()).rejects.toBeInstanceOf(SessionEndedError)
  },

  async describeServer({ visitor, pds }) {
    const { data } = await visitor.server.describeServer()
    expect(data).toMatchObject({ did: pds.did, inviteCodeRequired: false })
    expect(data.availableUserDomains).toContain('.test')
  },

  async getAccountInviteCodes({ enter, visitor, asAdmin }) {
    const { account, atproto } = await enter()
    const gift = { codeCount: 1, useCount: 3, forAccounts: [account.did] }
    const created = await visitor.server.createInviteCodes(gift, asAdmin)
    const { data } = await atproto.server.getAccountInviteCodes()
    expect(data.codes).toMatchObject([{ code: created.data.codes[0]?.codes[0], available: 3 }])
  },

  async getServiceAuth({ enter, pds }) {
    const { account, atproto } = await enter()
    const lxm = 'com.atproto.repo.uploadBlob'
    const { data } = await atproto.server.getServiceAuth({ aud: pds.did, lxm })
    const claims = Buffer.from(data.token.split('.')[1] ?? '', 'base64url').toString()
    expect(JSON.parse(claims)).toMatchObject({ iss: account.did, aud: pds.did, lxm })
  },

  async getSession({ enter }) {
    const { account, atproto } = await enter()
    const { did, handle, email } = account
    expect((await atproto.server.getSession()).data).toMatchObject({ did, handle, email })
  },

  async listAppPasswords({ enter }) {
    const { atproto } = await enter()
    await atproto.server.createAppPassword({ name: 'phone', privileged: true })
    const { data } = await atproto.server.listAppPasswords()
    expect(data.passwords).toMatchObject([{ name: 'phone', privileged: true }])
  },

  async refreshSession({ enter }) {
    const { account, atproto } = await enter()
    await atproto.server.refreshSession()
    expect(atproto.session?.refreshJwt).not.toBe(account.refreshJwt)
  },

  async requestAccountDelete({ enter, pds }) {
    const { account, atproto } = await enter()
    await atproto.server.requestAccountDelete()
    expect(pds.mailedCode(account.email)).toBeTruthy()
  },

  async requestEmailConfirmation({ enter, pds }) {
    const { account, atproto } = await enter()
    await atproto.server.requestEmailConfirmation()
    expect(pds.mailedCode(account.email)).toBeTruthy()
  },

  async requestEmailUpdate(stage) {
    const actor = await stage.enter()
    const calls = actor.atproto.server
    expect((await calls.requestEmailUpdate()).data).toEqual({ tokenRequired: false })
    await confirmEmail(stage, actor)
    expect((await calls.requestEmailUpdate()).data).toEqual({ tokenRequired: true })
  },

  async requestPasswordReset({ enter, visitor, pds }) {
    const { account } = await enter()
    await visitor.server.requestPasswordReset({ email: account.email })
    expect(pds.mailedCode(account.email)).toBeTruthy()
  },

  async reserveSigningKey({ visitor }) {
    const { data } = await visitor.server.reserveSigningKey({})
    expect(data.signingKey).toMatch(/^did:key:zQ3s/)
  },

  async resetPassword(stage) {
    const actor = await stage.enter()
    await stage.visitor.server.requestPasswordReset({ email: actor.account.email })
    const token = stage.pds.mailedCode(actor.account.email)
    await stage.visitor.server.resetPassword({ token, password: 'another password' })
    expect((await logIn(stage, actor, 'another password')).did).toBe(actor.account.did)
  },

  async revokeAppPassword(stage) {
    const actor = await stage.enter()
    const { data } = await actor.atproto.server.createAppPassword({ name: 'lost phone' })
    await actor.atproto.server.revokeAppPassword({ name: 'lost phone' })
    await expect(logIn(stage, actor, data.password)).rejects.toMatchObject({ status: 401 })
  },

  async updateEmail(stage) {
    const actor = await stage.enter()
    const calls = actor.atproto.server
    await confirmEmail(stage, actor)
    await calls.requestEmailUpdate()
    const token = stage.pds.mailedCode(actor.account.email)
    await calls.updateEmail({ email: 'moved@mail.test', token })
    expect((await calls.getSession()).data.email).toBe('moved@mail.test')
  },
}
