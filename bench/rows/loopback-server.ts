// A PDS's answer to com.atproto.repo.getRecord, in a process of its own: tells its port to the parent,
// and ends with it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = JSON.stringify({
  uri: 'at://did:plc:alice/app.bsky.feed.post/3k2yihcrp6f2c',
  cid: 'bafyreifxynuz6pnebycp4hguv2fjwjkme74xt44qnipj2wogs2jbnzf44u',
  value: { $type: 'app.bsky.feed.post', text: 'x'.repeat(200), createdAt: '2026-01-02T03:04:05Z' },
})
const server = createServer((_, response) => {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
