import { main as getRecord } from 'atproto.ts/lexicons/com.atproto.repo.getRecord'
import { createSession, PasswordSession } from 'atproto.ts/session'
import { XrpcClient } from 'atproto.ts/xrpc'

const session = await createSession({ identifier: 'alice.example.com', password: 'app-password' })
const client = new XrpcClient(new PasswordSession(session).fetchHandler)
const { data } = await client.call(getRecord, {
  repo: session.did,
  collection: 'app.bsky.actor.profile',
  rkey: 'self',
})
console.log(data.value)
