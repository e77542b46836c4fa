// com.atproto.moderation: the PDS hands a report on to a moderation service, which is played here.
import { expect } from 'vitest'
import { openService } from '../service.ts'
import type { Scenarios } from './scenario.ts'

export const moderation: Scenarios<'moderation'> = {
  async createReport({ enter }) {
    const { account, atproto } = await enter()
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did: account.did } as const
    const report = { reasonType: 'com.atproto.moderation.defs#reasonSpam', subject } as const
    const service = await openService(() => ({
      ...report,
      id: 1,
      reportedBy: account.did,
      createdAt: new Date().toISOString(),
    }))
    try {
      const proxy = `${service.did}#atproto_labeler` as const
      const { data } = await atproto.moderation.createReport(report, { proxy })
      expect(data).toMatchObject({ id: 1, reportedBy: account.did })
      expect(service.requests).toMatchObject([
        { nsid: 'com.atproto.moderation.createReport', issuer: account.did, body: report },
      ])
    } finally {
      await service.close()
    }
  },
}
