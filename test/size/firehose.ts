import { subscribeRepos } from 'atproto.ts/firehose'

for await (const event of subscribeRepos({ collections: ['app.bsky.feed.post'] })) {
  if (event.kind !== 'commit') continue
  for (const { action, uri, record } of event.ops) console.log(action, uri, record)
}
