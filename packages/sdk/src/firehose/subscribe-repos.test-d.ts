import { WebSocket as PackageWebSocket } from 'ws'

import type { Main as Post } from '../../lexicons/app.bsky.feed.post.ts'
import { IdentityResolver } from '../identity/index.ts'
import { consume, FileCursorStore, MemoryCursorStore, subscribeRepos } from './index.ts'
import type { RepoEvent, Subscription } from './index.ts'

// Collections that are named in full give their records' types; what begins like one does not.
subscribeRepos({ collections: ['app.bsky.feed.post'] }) satisfies Subscription<
  RepoEvent<'app.bsky.feed.post'>
>
for await (const event of subscribeRepos({ collections: ['app.bsky.feed.post'] })) {
  if (event.kind === 'commit') event.ops[0]?.record satisfies Post | null | undefined
}
subscribeRepos({ collections: ['app.bsky.feed.post', 'app.bsky.graph.*'] }) satisfies Subscription<
  RepoEvent<string>
>
subscribeRepos() satisfies Subscription<RepoEvent>
subscribeRepos({ collections: ['app.bsky.feed.post'].slice(0) }) satisfies Subscription<RepoEvent>

// WebSockets of the platform and of ws, stores, and resolvers fit.
subscribeRepos({ WebSocket, cursorStore: new MemoryCursorStore() })
subscribeRepos({ WebSocket: PackageWebSocket, cursorStore: new FileCursorStore('cursor') })
subscribeRepos({ verify: 'full', identity: new IdentityResolver() })

// @ts-expect-error it is one of three
subscribeRepos({ verify: true })

// @ts-expect-error cursors are numbers
subscribeRepos({ cursor: '42' })

// @ts-expect-error a store has two methods
subscribeRepos({ cursorStore: { load: () => undefined } })

// Handlers get the events of the subscription, and say what to do in three words.
void consume(subscribeRepos({ collections: ['app.bsky.feed.post'] }), (event) => {
  if (event.kind === 'commit') event.ops[0]?.record?.text satisfies string | undefined
})
void consume(subscribeRepos(), () => undefined, { onError: () => 'retry' })

// @ts-expect-error there is no such verdict
void consume(subscribeRepos(), () => undefined, { onError: () => 'again' })
