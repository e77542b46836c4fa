import type { Main as Like } from '../../lexicons/app.bsky.feed.like.ts'
import type { Main as Post } from '../../lexicons/app.bsky.feed.post.ts'
import type { LexValue } from '../data/index.ts'
import { when } from '../lexicon/index.ts'
import type { CommitEvent as VerifiableEvent, SyncEvent as VerifiableSync } from '../repo/index.ts'
import type { CommitEvent, EventVerifier, RepoEvent, RepoOp, SyncEvent } from './index.ts'

declare const event: RepoEvent
declare const typed: RepoEvent<'app.bsky.feed.post' | 'app.bsky.feed.like' | 'com.example.own'>
declare const op: RepoOp<'app.bsky.feed.post' | 'app.bsky.feed.like' | 'com.example.own'>

// Kinds narrow, and `when` asks for a handler of each.
if (event.kind === 'commit')
  event.ops[0]?.record satisfies { [key: string]: LexValue } | null | undefined
if (event.kind === 'info') event.name satisfies string
if (event.kind === 'unknown') event.raw['x'] satisfies LexValue | undefined
when(event, {
  commit: ({ ops }) => ops.length,
  sync: ({ seq }) => seq,
  identity: ({ handle }) => handle?.length ?? 0,
  account: ({ active }) => Number(active),
  info: ({ name }) => name.length,
  handle: ({ handle }) => handle.length,
  migrate: ({ migrateTo }) => migrateTo?.length ?? 0,
  tombstone: ({ did }) => did.length,
  unknown: (raw) => Object.keys(raw).length,
}) satisfies number

// @ts-expect-error a kind has no handler
when(event, { commit: () => 0, unknown: () => 0 })

// The statuses and the actions that are known are offered, and others are text.
if (event.kind === 'account') event.status satisfies string | undefined
if (event.kind === 'commit') event.ops[0]?.action satisfies string | undefined

// With names of collections, the collection of an operation says what its record is.
if (op.collection === 'app.bsky.feed.post') op.record satisfies Post | null
if (op.collection === 'app.bsky.feed.like') op.record satisfies Like | null
if (op.collection === 'com.example.own') op.record satisfies { [key: string]: LexValue } | null
if (typed.kind === 'commit') {
  for (const { collection, record } of typed.ops) {
    if (collection === 'app.bsky.feed.post' && record) record.text satisfies string
    // @ts-expect-error not among the names
    if (collection === 'app.bsky.graph.follow') break
  }
}

// Events go to the repository room.
declare const commit: CommitEvent<'app.bsky.feed.post'>
commit satisfies VerifiableEvent
declare const sync: SyncEvent
sync satisfies VerifiableSync

// @ts-expect-error events are not changed
commit.seq = 1

// A verifier takes events of any collections, and gives them back as what they are.
declare const verifier: EventVerifier
void (verifier.check(typed) satisfies typeof typed | Promise<typeof typed>)
void (verifier.check(commit) satisfies typeof commit | Promise<typeof commit>)
// @ts-expect-error not an event
void verifier.check({ kind: 'commit' })
