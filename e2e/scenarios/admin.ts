// com.atproto.admin: what the administrator of a PDS does to its accounts.
import { createSession } from 'atproto.ts'
import { expect } from 'vitest'
import type { Scenarios } from './scenario.ts'

export const admin: Scenarios<'admin'> = {
  async deleteAccount({ enter, visitor, asAdmin }) {
    const { did } = (await enter()).account
    await visitor.admin.deleteAccount({ did }, asAdmin)
    await expect(visitor.admin.getAccountInfo({ did }, asAdmin)).rejects.toMatchObject({
      error: 'NotFound',
    })
  },

  async disableAccountInvites({ enter, visitor, asAdmin }) {
    const { did } = (await enter()).account
    await visitor.admin.disableAccountInvites({ account: did }, asAdmin)
    const { data } = await visitor.admin.getAccountInfo({ did }, asAdmin)
    expect(data.invitesDisabled).toBe(true)
  },

  async disableInviteCodes({ visitor, asAdmin }) {
    const { code } = (await visitor.server.createInviteCode({ useCount: 1 }, asAdmin)).data
    await visitor.admin.disableInviteCodes({ codes: [code] }, asAdmin)
    const { data } = await visitor.admin.getInviteCodes({}, asAdmin)
    expect(data.codes.find((one) => one.code === code)?.disabled).toBe(true)
  },

  async enableAccountInvites({ enter, visitor, asAdmin }) {
    const { did } = (await enter()).account
    await visitor.admin.disableAccountInvites({ account: did }, asAdmin)
    await visitor.admin.enableAccountInvites({ account: did }, asAdmin)
    const { data } = await visitor.admin.getAccountInfo({ did }, asAdmin)
    expect(data.invitesDisabled).toBe(false)
  },

  async getAccountInfo({ enter, visitor, asAdmin }) {
    const { did, handle, email } = (await enter()).account
    const { data } = await visitor.admin.getAccountInfo({ did }, asAdmin)
    expect(data).toMatchObject({ did, handle, email })
  },

  async getAccountInfos({ enter, visitor, asAdmin }) {
    const dids = [(await enter()).account.did, (await enter()).account.did]
    const { data } = await visitor.admin.getAccountInfos({ dids }, asAdmin)
    expect(data.infos.map((info) => info.did).toSorted()).toEqual(dids.toSorted())
  },

  async getInviteCodes({ visitor, asAdmin }) {
    const { code } = (await visitor.server.createInviteCode({ useCount: 7 }, asAdmin)).data
    const { data } = await visitor.admin.getInviteCodes({ sort: 'recent', limit: 500 }, asAdmin)
    expect(data.codes).toContainEqual(expect.objectContaining({ code, available: 7, uses: [] }))
  },

  async getSubjectStatus({ enter, visitor, asAdmin }) {
    const { did } = (await enter()).account
    const { data } = await visitor.admin.getSubjectStatus({ did }, asAdmin)
    expect(data.subject).toEqual({ $type: 'com.atproto.admin.defs#repoRef', did })
    expect(data.takedown).toEqual({ applied: false })
  },

  async sendEmail({ enter, visitor, asAdmin, pds }) {
    const { account } = await enter()
    const letter = { recipientDid: account.did, subject: 'Hello', content: 'Welcome to this PDS' }
    const { data } = await visitor.admin.sendEmail({ ...letter, senderDid: account.did }, asAdmin)
    expect(data.sent).toBe(true)
    expect(pds.mails.at(-1)).toMatchObject({ to: account.email, subject: 'Hello' })
  },

  async updateAccountEmail({ enter, visitor, asAdmin }) {
    const { account, atproto } = await enter()
    const email = `new-${account.email}`
    await visitor.admin.updateAccountEmail({ account: account.did, email }, asAdmin)
    expect((await atproto.server.getSession()).data.email).toBe(email)
  },

  async updateAccountHandle({ enter, visitor, asAdmin }) {
    const { did, handle } = (await enter()).account
    const renamed = `new-${handle}` as const
    await visitor.admin.updateAccountHandle({ did, handle: renamed }, asAdmin)
    expect((await visitor.identity.resolveHandle({ handle: renamed })).data.did).toBe(did)
  },

  async updateAccountPassword({ enter, visitor, asAdmin, pds }) {
    const { did, handle } = (await enter()).account
    const password = 'set by the administrator'
    await visitor.admin.updateAccountPassword({ did, password }, asAdmin)
    const session = await createSession({ service: pds.url, identifier: handle, password })
    expect(session.did).toBe(did)
  },

  async updateSubjectStatus({ enter, visitor, asAdmin }) {
    const { did } = (await enter()).account
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did } as const
    await visitor.admin.updateSubjectStatus(
      { subject, takedown: { applied: true, ref: 'case 1' } },
      asAdmin,
    )
    const { data } = await visitor.sync.getRepoStatus({ did })
    expect(data).toMatchObject({ active: false, status: 'takendown' })
  },
}
