import { subscribeJetstream } from 'atproto.ts/firehose'

const posts = subscribeJetstream({ wantedCollections: ['app.bsky.feed.post'] })
for await (const event of posts) {
  if (event.kind === 'commit') console.log(event.did, event.ops[0].record?.text)
}
