import { expect, onTestFinished, test } from 'vitest'

import { deadUrl, json, Loopback } from '../../test/loopback.ts'
import type { Answer } from '../../test/loopback.ts'
import { PlcDirectory } from './index.ts'
import type { PlcOperation } from './index.ts'

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const OPERATION = { type: 'plc_tombstone', prev: 'bafy', sig: 'x' } as PlcOperation

async function open(answer: Answer) {
  const server = await Loopback.start(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, directory: new PlcDirectory({ url: `${server.url}/`, timeout: 2000 }) }
}

test('an operation is handed in under its DID', async () => {
  const { server, directory } = await open((_, response) => void response.end('{}'))
  await directory.submit(DID, OPERATION)
  const [request] = server.requests
  expect(request).toMatchObject({ method: 'POST', path: `/${DID}` })
  expect(JSON.parse(String(request!.body))).toEqual(OPERATION)
})

test('an operation that is refused is an error with the reason', async () => {
  const { directory } = await open((_, response) =>
    json(response, 400, { message: 'Invalid signature' }),
  )
  await expect(directory.submit(DID, OPERATION)).rejects.toMatchObject({
    code: 'operation-rejected',
    message: expect.stringContaining('Invalid signature'),
  })
})

test.each([
  [404, '', 'did-not-found'],
  [400, '', 'bad-status'],
  [503, '', 'server-error'],
  [200, '<html>', 'invalid-operation'],
  [200, '{}', 'invalid-operation'],
  [200, '[]', 'invalid-operation'],
  [302, '', 'unreachable'],
])('a log that is answered with %i and %j is %s', async (status, body, code) => {
  const { server, directory } = await open((_, response) => {
    response.writeHead(status, { location: 'https://example.com/' }).end(body)
  })
  await expect(directory.verify(DID)).rejects.toMatchObject({ code })
  expect(server.requests[0]).toMatchObject({ method: 'GET', path: `/${DID}/log/audit` })
})

test('a directory that is not there cannot be reached', async () => {
  const directory = new PlcDirectory({ url: await deadUrl() })
  await expect(directory.log(DID)).rejects.toMatchObject({ code: 'unreachable' })
})

test('a directory that does not answer is left', async () => {
  const { server } = await open(() => {})
  const directory = new PlcDirectory({ url: server.url, timeout: 50 })
  await expect(directory.log(DID)).rejects.toMatchObject({ code: 'timeout' })
})
