import { uploadImage } from 'atproto.ts/bluesky'
import { createSession, PasswordSession } from 'atproto.ts/session'
import { XrpcClient } from 'atproto.ts/xrpc'

const session = await createSession({ identifier: 'alice.example.com', password: 'app-password' })
const client = new XrpcClient(new PasswordSession(session).fetchHandler)
const file = await (await fetch('/lake.jpg')).blob()
console.log(await uploadImage({ client }, file, { alt: 'A lake' }))
