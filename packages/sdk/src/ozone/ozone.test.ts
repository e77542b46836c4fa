import { expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import { officialMethods } from '../../test/reference-api.ts'
import { XrpcClient } from '../xrpc/index.ts'
import { Ozone } from './index.ts'

const labeler = 'did:plc:ar7c4by46qjdydhdevvrndac'

test('every query and procedure of the documents is a method, and no other', () => {
  const ozone = new Ozone({ client: new XrpcClient('example.com') }, { labeler })
  const methods = Object.entries(ozone).flatMap(([service, calls]) =>
    Object.keys(calls).map((name) => `${service}.${name}`),
  )
  expect(methods.toSorted()).toEqual(officialMethods('tools.ozone'))
})

test('a call asks the PDS to forward it to the labeler', async () => {
  await using pds = await Loopback.start((_, response) => json(response, 200, {}))
  const ozone = new Ozone({ client: new XrpcClient(pds.url) }, { labeler })
  await ozone.team.listMembers({ limit: 10 })
  expect(pds.requests[0]).toMatchObject({
    path: '/xrpc/tools.ozone.team.listMembers?limit=10',
    headers: { 'atproto-proxy': `${labeler}#atproto_labeler` },
  })
})
