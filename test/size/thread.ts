import { createThread, splitRichText } from 'atproto.ts/bluesky'
import { createSession, PasswordSession } from 'atproto.ts/session'
import { XrpcClient } from 'atproto.ts/xrpc'

const session = await createSession({ identifier: 'alice.example.com', password: 'app-password' })
const client = new XrpcClient(new PasswordSession(session).fetchHandler)
const parts = splitRichText({ text: 'A long text.' })
const posts = await createThread({ client, did: session.did }, parts)
console.log(posts)
