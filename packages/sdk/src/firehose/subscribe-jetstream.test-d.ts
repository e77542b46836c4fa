import type { Main as Like } from '../../lexicons/app.bsky.feed.like.ts'
import type { Main as Post } from '../../lexicons/app.bsky.feed.post.ts'
import type { LexValue } from '../data/index.ts'
import { when } from '../lexicon/index.ts'
import { consume, subscribeJetstream, subscribeLabels } from './index.ts'
import type { JetstreamEvent, LabelEvent } from './index.ts'

declare const event: JetstreamEvent
declare const labels: LabelEvent

// What is written for events of the firehose works on those of Jetstream and of labelers.
when(event, {
  commit: ({ rev, ops: [op] }) => rev.length + op.uri.length,
  sync: ({ blocks }) => blocks.length,
  identity: ({ handle }) => handle?.length ?? 0,
  account: ({ active }) => Number(active),
  info: ({ name }) => name.length,
  unknown: (raw) => Object.keys(raw).length,
}) satisfies number
when(labels, {
  labels: ({ labels: list }) => list.length,
  info: ({ name }) => name.length,
  unknown: (raw) => Object.keys(raw).length,
}) satisfies number
await consume(subscribeJetstream(), ({ kind }) => kind.length)
await consume(subscribeLabels(), ({ kind }) => kind.length)

// With names of collections, the collection of an operation says what its record is.
for await (const typed of subscribeJetstream({
  wantedCollections: ['app.bsky.feed.post', 'app.bsky.feed.like'],
})) {
  if (typed.kind !== 'commit') continue
  const { collection, record } = typed.ops[0]
  if (collection === 'app.bsky.feed.post') record satisfies Post | null
  if (collection === 'app.bsky.feed.like') record satisfies Like | null
  // @ts-expect-error not among the names
  if (collection === 'app.bsky.graph.follow') break
}

// A beginning of names says nothing about the records.
for await (const { kind } of subscribeJetstream({ wantedCollections: ['app.bsky.graph.*'] })) {
  kind satisfies JetstreamEvent['kind']
}
if (event.kind === 'commit') event.ops[0].record satisfies { [key: string]: LexValue } | null

// @ts-expect-error there is no third version
subscribeJetstream({ version: 3 })
// @ts-expect-error labels have no content to verify but their signature
subscribeLabels({ verify: 'content' })
