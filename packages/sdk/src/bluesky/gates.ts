// Who may reply to a thread, and who may quote its posts: records beside the posts.
import { main as postgate } from '../../lexicons/app.bsky.feed.postgate.ts'
import type { Main as Postgate } from '../../lexicons/app.bsky.feed.postgate.ts'
import { main as threadgate } from '../../lexicons/app.bsky.feed.threadgate.ts'
import type { Main as Threadgate } from '../../lexicons/app.bsky.feed.threadgate.ts'
import type { Did } from '../syntax/index.ts'
import { newRecord } from './atomic-write.ts'
import type { NewRecord } from './atomic-write.ts'

/** Who may answer new posts. */
export interface PostGates {
  /** Who may reply to the thread; nobody, where `allow` is empty. */
  threadgate?: Omit<Threadgate, '$type' | 'post' | 'createdAt'> | undefined
  /** Who may quote the posts. */
  postgate?: Omit<Postgate, '$type' | 'post' | 'createdAt'> | undefined
}

/** @internal How many records the gates of so many posts are. */
export function gateCount(posts: number, gates: PostGates): number {
  return (gates.threadgate ? 1 : 0) + (gates.postgate ? posts : 0)
}

/**
 * @internal The records of the gates: one for the first post's thread, one for each post.
 * @throws ValidationError where a gate is none by its lexicon.
 */
export function gateRecords(
  repo: Did,
  posts: readonly NewRecord<{ createdAt: string }>[],
  gates: PostGates,
): NewRecord[] {
  const gate = (
    schema: typeof threadgate | typeof postgate,
    rules: object,
    { rkey, uri, value }: NewRecord<{ createdAt: string }>,
  ): NewRecord => {
    const record = { ...rules, $type: schema.nsid, post: uri, createdAt: value.createdAt }
    // As JSON, which is what goes out.
    const plain = schema.parse(JSON.parse(JSON.stringify(record)))
    return newRecord(repo, plain.$type, rkey, plain)
  }
  const { threadgate: replies, postgate: quotes } = gates
  return [
    ...(replies ? posts.slice(0, 1).map((post) => gate(threadgate, replies, post)) : []),
    ...(quotes ? posts.map((post) => gate(postgate, quotes, post)) : []),
  ]
}
