import type { ATProto } from '../index.ts'
import { IdentityResolver } from '../identity/index.ts'
import {
  Bluesky,
  createPost,
  createThread,
  detectFacets,
  detectRichText,
  joinRichText,
  mention,
  replyRef,
  segments,
  splitRichText,
  uploadImage,
  uploadVideo,
} from './index.ts'
import type { CreateThreadOptions } from './index.ts'

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

// What is found is no facet before its handles are resolved.
const text = 'Hello @alice.example.com'
// @ts-expect-error a mention in a record is a DID
await createPost(atproto, { text, facets: detectFacets(text) })
await createPost(atproto, await detectRichText(text, new IdentityResolver()))

// Parts of a text, pieces of one, and texts alone are drafts.
await createThread(atproto, [...splitRichText({ text }), 'And then', { text: '', langs: ['en'] }], {
  threadgate: { allow: [{ $type: 'app.bsky.feed.threadgate#followingRule' }] },
})
await createPost(atproto, joinRichText(['Hello ', mention('@alice', 'did:plc:a')]))
// @ts-expect-error the place of a post is not the draft's to say
await createThread(atproto, [{ text, reply: undefined }])
// @ts-expect-error the post of a gate is known
void ({ post: 'at://did:plc:a/app.bsky.feed.post/3k' } satisfies CreateThreadOptions['threadgate'])

// What is uploaded is what posts refer to.
declare const file: Blob
await createPost(atproto, {
  text,
  embed: {
    $type: 'app.bsky.embed.images',
    images: [await uploadImage(atproto, file, { alt: 'A lake' })],
  },
})
await createPost(atproto, {
  text,
  embed: { $type: 'app.bsky.embed.video', video: await uploadVideo(atproto, file) },
})
// @ts-expect-error every image is described
await uploadImage(atproto, file, {})

// A post in a view can be answered and displayed.
const { thread } = (
  await bluesky.feed.getPostThread({ uri: 'at://did:plc:a/app.bsky.feed.post/3k' })
).data
if (thread.$type === 'app.bsky.feed.defs#threadViewPost') {
  await createPost(atproto, 'I agree', { reply: replyRef(thread.post) })
}
for await (const { value } of atproto.collection('app.bsky.feed.post').list()) {
  for (const { link } of segments(value)) link satisfies `${string}:${string}` | undefined
}
