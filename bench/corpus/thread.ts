// Views, which no repository holds: what an app gets from its server.

import { datetime, post, randomActor, randomCid, randomTid, words } from './records.ts'
import type { Source } from './records.ts'

/** What an app gets for a long discussion: nested views of posts, each with its author and record. */
export function thread(random: Source, replies: number): Record<string, unknown> {
  let left = replies
  const view = (depth: number): Record<string, unknown> => {
    const children: unknown[] = []
    for (let width = random.below(6); width > 0 && left > 0 && depth < 20; width--) {
      left--
      children.push(view(depth + 1))
    }
    return {
      $type: 'app.bsky.feed.defs#threadViewPost',
      post: postView(random),
      replies: children,
    }
  }
  const root = view(0)
  while (left > 0) {
    left--
    ;(root['replies'] as unknown[]).push(view(1))
  }
  return { thread: root }
}

function postView(random: Source): Record<string, unknown> {
  const author = randomActor(random)
  return {
    uri: `at://${author.did}/app.bsky.feed.post/${randomTid(random)}`,
    cid: randomCid(random, 'dag-cbor'),
    author: {
      did: author.did,
      handle: author.handle,
      displayName: words(random, 2),
      avatar: `https://cdn.bsky.app/img/avatar/plain/${author.did}/${randomCid(random, 'raw')}@jpeg`,
      viewer: { muted: false, blockedBy: false },
      labels: [],
      createdAt: datetime(random),
    },
    record: post(random).record,
    replyCount: random.below(20),
    repostCount: random.below(200),
    likeCount: random.below(70_000),
    quoteCount: random.below(10),
    indexedAt: datetime(random),
    viewer: { threadMuted: false, embeddingDisabled: false },
    labels: [],
  }
}
