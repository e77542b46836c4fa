import type { ATProto } from '../index.ts'
import { Bluesky } from './index.ts'

declare const atproto: ATProto

const bluesky = new Bluesky(atproto)
const { data } = await bluesky.feed.getTimeline({ limit: 50 })
for (const { post } of data.feed) post.uri satisfies `at://${string}`
;(await bluesky.chat.convo.listConvos()).data.convos[0]?.unreadCount satisfies number | undefined

// @ts-expect-error the actor is required
await bluesky.actor.getProfile()
// @ts-expect-error no such parameter
await bluesky.actor.getProfile({ actor: 'alice.example.com', limit: 1 })
// @ts-expect-error the services of chat.bsky are below `chat`
void bluesky.convo
// @ts-expect-error a proxy is a DID and a fragment
void new Bluesky(atproto, { chat: 'api.bsky.chat' })

// A collection knows the records of Bluesky.
await atproto.collection('app.bsky.feed.threadgate').create({
  post: 'at://did:plc:a/app.bsky.feed.post/3k',
  allow: [{ $type: 'app.bsky.feed.threadgate#mentionRule' }],
  createdAt: new Date().toISOString(),
})
