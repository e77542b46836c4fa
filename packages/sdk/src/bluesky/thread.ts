// Threads: many posts in one write, each a reply to the one before it.
import type { Main as Post, ReplyRef } from '../../lexicons/app.bsky.feed.post.ts'
import { nextTid } from '../syntax/index.ts'
import type { AtUri, CidString } from '../syntax/index.ts'
import type { CallOptions } from '../xrpc/index.ts'
import { createAll, MAX_CREATED, newRecord } from './atomic-write.ts'
import type { NewRecord } from './atomic-write.ts'
import { requireDid } from './atproto-like.ts'
import type { AtprotoLike } from './atproto-like.ts'
import { gateCount, gateRecords } from './gates.ts'
import type { PostGates } from './gates.ts'
import { pdsResolver, postRecord, withFacets } from './post-draft.ts'
import type { PostDraft, PostOptions } from './post-draft.ts'

/** How to post a thread. */
export interface CreateThreadOptions
  extends
    PostOptions,
    PostGates,
    Pick<CallOptions, 'signal' | 'timeout' | 'retry' | 'rateLimit' | 'headers'> {
  /** The place of the first post, where it answers one that is there: see `replyRef`. */
  reply?: ReplyRef | undefined
}

/** A post that was created. */
export interface CreatedPost {
  uri: AtUri
  cid: CidString
  value: Post
}

/**
 * Posts a thread in one write: all posts, in order, or none. Each is a reply to the one before. Where
 * a draft has no `facets`, mentions, links and tags are detected in its text; `facets: []` leaves it
 * plain. Every record is checked against its lexicon before anything is sent, and its CID is compared
 * with the server's.
 *
 * @param drafts What to post; a text alone is a draft, too. See `splitRichText` for long texts.
 * @returns The posts as they were created.
 * @throws ValidationError where a draft is no post, such as with a text that is too long.
 * @throws RangeError where there is no draft, or with its gates the thread is over 200 records.
 * @throws TypeError without a session, or for a threadgate on a reply: only the root can have one.
 * @throws BlueskyError `cid-mismatch` where the server stored another record than was sent.
 * @throws XrpcError, NetworkError, TimeoutError as calls do. A lost answer is settled by asking
 *   whether the posts are there, so that no thread is posted twice.
 * @example
 * ```ts
 * const essay = await detectRichText(text, resolver)
 * const [first] = await createThread(atproto, splitRichText(essay), {
 *   langs: ['en'],
 *   threadgate: { allow: [{ $type: 'app.bsky.feed.threadgate#followingRule' }] },
 * })
 * ```
 */
export async function createThread(
  atproto: AtprotoLike,
  drafts: readonly (PostDraft | string)[],
  options: CreateThreadOptions = {},
): Promise<CreatedPost[]> {
  const { reply, langs, resolver, onUnresolved, threadgate, postgate, ...call } = options
  const repo = requireDid(atproto)
  const size = drafts.length + gateCount(drafts.length, options)
  if (size > MAX_CREATED) {
    throw new RangeError(`${size} records are more than ${MAX_CREATED}: post several threads`)
  }
  if (threadgate && reply) throw new TypeError('Only the root of a thread can have a threadgate')

  const finder = resolver ?? pdsResolver(atproto.client, call)
  const contents = await Promise.all(
    drafts.map(async (draft) => withFacets(draft, finder, { onUnresolved })),
  )
  const began = Date.now()
  let place = reply
  const posts = contents.map((content, at): NewRecord<Post> => {
    // Apps sort by this time: it goes up within the thread.
    const createdAt = new Date(began + at).toISOString()
    const record = postRecord(content, { createdAt, langs, reply: place })
    const post = newRecord(repo, 'app.bsky.feed.post', nextTid(), record)
    const parent = { uri: post.uri, cid: post.cid }
    place = { root: place?.root ?? parent, parent }
    return post
  })
  const [first, ...others] = posts
  if (!first) throw new RangeError('A thread has at least one post')
  const records = [first, ...others, ...gateRecords(repo, posts, { threadgate, postgate })] as const
  await createAll(atproto.client, repo, records, call)
  return posts.map(({ uri, cid, value }) => ({ uri, cid, value }))
}

/**
 * Posts one post: as {@link createThread} does, with what it throws.
 *
 * @example
 * ```ts
 * await createPost(atproto, {
 *   text: 'Hello @alice.example.com #photography',
 *   embed: {
 *     $type: 'app.bsky.embed.images',
 *     images: [await uploadImage(atproto, file, { alt: 'A lake' })],
 *   },
 * })
 * ```
 */
export async function createPost(
  atproto: AtprotoLike,
  draft: PostDraft | string,
  options?: CreateThreadOptions,
): Promise<CreatedPost> {
  const [post] = await createThread(atproto, [draft], options)
  return post as CreatedPost
}
