// Counts posts by the languages that their authors say they are in, as they are written:
//
//   node examples/count-languages.ts --posts 1000

import { parseArgs } from 'node:util'
import { consume, subscribeRepos } from 'atproto.ts/firehose'
import type { RepoEvent } from 'atproto.ts/firehose'
import { main as post } from 'atproto.ts/lexicons/app.bsky.feed.post'

const { values } = parseArgs({
  options: {
    /** A relay, or a PDS for the posts of its accounts alone. */
    service: { type: 'string', default: 'bsky.network' },
    /** How many posts to count. */
    posts: { type: 'string', default: '1000' },
    /** Begins with what is past: 0 is the oldest event that the service still has. */
    cursor: { type: 'string' },
  },
})

const counts = new Map<string, number>()
let left = Number(values.posts)

const events = subscribeRepos({
  service: values.service,
  cursor: values.cursor === undefined ? undefined : Number(values.cursor),
  collections: ['app.bsky.feed.post'],
  onError: (error) => console.error(String(error)),
})
await consume(events, countEvent)

for (const [language, count] of [...counts].toSorted(([, a], [, b]) => b - a)) {
  console.log(`${String(count).padStart(7)} ${language}`)
}

async function countEvent(event: RepoEvent<'app.bsky.feed.post'>): Promise<void> {
  if (event.kind !== 'commit' || left <= 0) return
  for (const { action, record } of event.ops) {
    // A repository may hold anything: what is not a post is not counted.
    if (action !== 'create' || !post.is(record)) continue
    const { langs = [] } = record
    const languages = langs.length > 0 ? langs.map(withoutRegion) : ['not said']
    for (const language of new Set(languages)) {
      counts.set(language, (counts.get(language) ?? 0) + 1)
    }
    left--
  }
  if (left <= 0) await events.close()
}

/** `pt` for `pt-BR`. */
function withoutRegion(language: string): string {
  return language.split('-', 1).join()
}
