// Calls that the reference PDS passes on to another service, for the account and in its name.
import { expect, onTestFinished, test } from 'vitest'
import { openService } from './service.ts'
import { Stage } from './stage.ts'

const QUERY_LABELS = 'com.atproto.label.queryLabels'

test('a call with a proxy reaches that service, vouched for by the PDS', async () => {
  const stage = await Stage.open()
  onTestFinished(async () => stage.close())
  const { account, atproto } = await stage.enter()
  const src = 'did:plc:labeler00000000000000000' as const
  const label = { src, uri: account.did, val: 'friend', cts: new Date().toISOString() }
  const service = await openService(() => ({ labels: [label] }))
  onTestFinished(async () => service.close())

  const { data } = await atproto.label.queryLabels(
    { uriPatterns: [account.did, `at://${account.did}/*`] },
    { proxy: `${service.did}#atproto_labeler`, labelers: [src, `${service.did};redact`] },
  )

  expect(data.labels).toEqual([label])
  expect(service.requests).toHaveLength(1)
  expect(service.requests[0]).toMatchObject({
    nsid: QUERY_LABELS,
    issuer: account.did,
    headers: { 'atproto-accept-labelers': `${src}, ${service.did};redact` },
  })
})

test('a proxy that the PDS cannot find is told by an error', async () => {
  const stage = await Stage.open()
  onTestFinished(async () => stage.close())
  const { account, atproto } = await stage.enter()
  const call = atproto.label.queryLabels(
    { uriPatterns: [account.did] },
    { proxy: `${account.did}#atproto_labeler` },
  )
  await expect(call).rejects.toMatchObject({ status: 400, error: 'InvalidRequest' })
})
