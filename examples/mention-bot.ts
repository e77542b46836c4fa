// A bot that answers posts which mention it:
//
//   ATPROTO_IDENTIFIER=bot.example.com ATPROTO_PASSWORD=… node examples/mention-bot.ts
//
// Up to where it has read is kept in a file, and what it has answered in its own repository. So it can
// be stopped at any time: started again, it misses no mention and answers none twice.

import { parseArgs } from 'node:util'
import { ATProto, RateLimitExceededError, XrpcError } from 'atproto.ts'
import { consume, FileCursorStore, subscribeRepos } from 'atproto.ts/firehose'
import type { HandlerVerdict, RepoEvent } from 'atproto.ts/firehose'
import { main as post, type Main as Post } from 'atproto.ts/lexicons/app.bsky.feed.post'
import type { AtUri } from 'atproto.ts/syntax'

/** How many posts of its own it looks at to learn what it has answered. */
const REMEMBERED = 1_000

const { values } = parseArgs({
  options: {
    /** Where mentions come from: a relay has those of the whole network. */
    relay: { type: 'string', default: 'bsky.network' },
    /** The file of the cursor. */
    cursor: { type: 'string', default: 'mention-bot.cursor' },
  },
})
const { ATPROTO_SERVICE, ATPROTO_IDENTIFIER, ATPROTO_PASSWORD } = process.env
if (!ATPROTO_IDENTIFIER || !ATPROTO_PASSWORD) {
  throw new Error(
    'Set ATPROTO_IDENTIFIER and ATPROTO_PASSWORD, the latter best to an app password.',
  )
}

const atproto = await ATProto.login({
  service: ATPROTO_SERVICE,
  identifier: ATPROTO_IDENTIFIER,
  password: ATPROTO_PASSWORD,
})
const posts = atproto.collection('app.bsky.feed.post')
const answered = await findAnswered()

const events = subscribeRepos({
  service: values.relay,
  cursorStore: new FileCursorStore(values.cursor),
  collections: ['app.bsky.feed.post'],
  onError: (error) => console.error(String(error)),
})
process.once('SIGINT', () => void events.close())
console.log(`${atproto.session?.handle} listens`)
await consume(events, answerMentions, { onError: judge })

async function answerMentions(event: RepoEvent<'app.bsky.feed.post'>): Promise<void> {
  // Who answers oneself never comes to an end.
  if (event.kind !== 'commit' || event.did === atproto.did) return
  for (const { action, uri, cid, record } of event.ops) {
    // A repository may hold anything: what is not a post is passed over.
    if (action !== 'create' || !cid || !post.is(record)) continue
    if (mentionsMe(record) && !answered.has(uri)) await answer({ uri, cid }, record)
  }
}

/** Answers a post, in its thread. */
async function answer(parent: { uri: AtUri; cid: string }, { reply }: Post): Promise<void> {
  const { data } = await posts.create({
    text: 'Hello! I am a bot, and glad that you think of me.',
    reply: { root: reply?.root ?? parent, parent },
    langs: ['en'],
    createdAt: new Date().toISOString(),
  })
  answered.add(parent.uri)
  console.log(`answered ${parent.uri} with ${data.uri}`)
}

/** What to do about an event that could not be handled. */
function judge(error: unknown): HandlerVerdict {
  console.error(String(error))
  if (error instanceof RateLimitExceededError) return 'retry'
  // It will not get any better: the server does not take the answer.
  if (error instanceof XrpcError && error.status === 400) return 'skip'
  // Whatever else it is, the event comes again the next time the bot is started.
  return 'stop'
}

function mentionsMe({ facets = [] }: Post): boolean {
  const features = facets.flatMap((facet) => facet.features)
  return features.some((feature) => 'did' in feature && feature.did === atproto.did)
}

/** The posts that were answered in an earlier run. */
async function findAnswered(): Promise<Set<string>> {
  const parents = new Set<string>()
  let left = REMEMBERED
  for await (const { value } of posts.list({ limit: 100 })) {
    if (value.reply) parents.add(value.reply.parent.uri)
    if (--left === 0) break
  }
  return parents
}
