import type { ATProto } from './index.ts'
import { isXrpcError } from './index.ts'

declare const atproto: ATProto

// What comes back is typed by the lexicon.
const created = await atproto.repo.createRecord({
  collection: 'app.bsky.feed.post',
  record: { text: 'hi', createdAt: new Date().toISOString() },
})
created.data.uri satisfies `at://${string}`
created.rateLimit?.remaining satisfies number | undefined

// Arguments are optional where the lexicon asks for nothing.
await atproto.server.describeServer()
await atproto.server.deleteSession()
await atproto.identity.resolveHandle({ handle: 'alice.example.com' })
// @ts-expect-error the handle is required
await atproto.identity.resolveHandle()
// @ts-expect-error not a handle
await atproto.identity.resolveHandle({ handle: 'alice' })
// @ts-expect-error no such parameter
await atproto.identity.resolveHandle({ handle: 'alice.example.com', host: 'x' })

// A record is named by URI or by parts, not by half of either.
await atproto.repo.deleteRecord({ uri: 'at://did:plc:a/app.bsky.feed.post/3k' })
await atproto.repo.deleteRecord({ collection: 'app.bsky.feed.post', rkey: '3k' })
// @ts-expect-error the key is missing
await atproto.repo.deleteRecord({ collection: 'app.bsky.feed.post' })

// Streams for what is not JSON.
;(await atproto.sync.getRepo({ did: 'did:plc:a' })).data satisfies ReadableStream<Uint8Array>
await atproto.repo.uploadBlob(new Blob([]), { encoding: 'image/png' })

// A collection is typed by its NSID.
const posts = atproto.collection('app.bsky.feed.post')
await posts.create({ text: 'hi', createdAt: new Date().toISOString(), langs: ['en'] })
;(await posts.get({ rkey: '3k' })).data.value.text satisfies string
for await (const post of posts.list({ repo: 'alice.example.com' }))
  post.value.createdAt satisfies string
// @ts-expect-error text is required
await posts.create({ createdAt: new Date().toISOString() })
// @ts-expect-error not a field of a post
await posts.create({ text: 'hi', createdAt: '', txet: '' })

// A collection with one record has its one key.
const profiles = atproto.collection('app.bsky.actor.profile')
await profiles.put({ displayName: 'Alice' }, { rkey: 'self' })
// @ts-expect-error the key is 'self'
await profiles.put({ displayName: 'Alice' }, { rkey: 'other' })

// A collection that nobody knows holds objects.
const notes = atproto.collection('com.example.note')
await notes.create({ anything: 1 })

// The name narrows the error.
declare const error: unknown
if (isXrpcError(error, 'RecordNotFound')) error.error satisfies 'RecordNotFound'
