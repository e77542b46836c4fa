import type { ReplyRef } from '../../lexicons/app.bsky.feed.post.ts'
import type { AtUri, CidString } from '../syntax/index.ts'

/** A post as it was found: in a view (`record`), listed or created (`value`), or by reference alone. */
export interface RepliableTo {
  readonly uri: AtUri
  readonly cid: CidString
  readonly record?: unknown
  readonly value?: unknown
}

/**
 * What a reply to a post says of its place: the post is the parent, and the root is the post's own
 * root, or the post itself where it begins a thread. The post has to come with its record.
 *
 * @throws TypeError where it does not: whether it is a reply could not be seen.
 * @example
 * ```ts
 * const { thread } = (await bluesky.feed.getPostThread({ uri })).data
 * if (thread.$type === 'app.bsky.feed.defs#threadViewPost') {
 *   await createPost(atproto, 'I agree', { reply: replyRef(thread.post) })
 * }
 * ```
 */
export function replyRef({ uri, cid, record, value = record }: RepliableTo): ReplyRef {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError('A reply needs the record of the post that it answers')
  }
  const { reply } = value as { reply?: ReplyRef }
  const parent = { uri, cid }
  return { root: reply?.root ?? parent, parent }
}
