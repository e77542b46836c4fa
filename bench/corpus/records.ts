// Records as people write them: the mix of kinds, lengths, languages and embeds that a relay sees.

import type { Random } from './random.ts'

/** Chance, and the files that records can refer to. */
export interface Source extends Random {
  /** A reference to a file that exists. */
  blob(): unknown
}

/** A record and the collection it belongs to. */
export interface CorpusRecord {
  collection: string
  record: Record<string, unknown>
}

/** What a generated record may point to. */
export interface Actor {
  did: string
  handle: string
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

const ENGLISH =
  `the a to of and in is it you that was for on are with as they be at one have this from
by hot but some what there we can out other were all your when up use word how said each she which do
their time if will way about many then them would write like so these her long make thing see him two
has look more day could go come did my sound no most number who over know water than call first people
may down side been now find any new work part take get place made live where after back little only`
    .split(/\s+/)
    .filter(Boolean)
const JAPANESE =
  '今日は 天気が いいから 散歩に 行きました とても 楽しかった 写真を 撮ったので 後で 見て 猫が 好き'.split(
    ' ',
  )
const PORTUGUESE =
  'não você é também já então coração amanhã está são por que isso muito bom dia'.split(' ')
const EMOJI = ['😀', '🎉', '❤️', '👨‍👩‍👧', '🦋', '✨', '😭', '🔥']
const TAGS = ['art', 'photography', 'caturday', 'devlog', 'gamedev', 'NowPlaying', '写真']

/** An account that does not exist. */
export function randomActor(random: Random): Actor {
  const id = letters(random, 24)
  return { did: `did:plc:${id}`, handle: `${id.slice(0, 4 + random.below(10))}.bsky.social` }
}

/** A CID of nothing. */
export function randomCid(random: Random, codec: 'raw' | 'dag-cbor'): string {
  // The header of 32 bits ends inside a letter, and the last letter holds three bits.
  const head = codec === 'raw' ? 'bafkrei' : 'bafyrei'
  return head + ALPHABET[random.below(8)] + letters(random, 50) + ALPHABET[random.below(8) * 4]
}

/** A record key of the common kind. */
export function randomTid(random: Random): string {
  return `3${random.pick(['j', 'k', 'l', 'm'])}${letters(random, 11)}`
}

/** The URI of a record that does not exist. */
export function randomUri(random: Random, collection: string): string {
  return `at://${randomActor(random).did}/${collection}/${randomTid(random)}`
}

/** A record of any kind, in about the proportions of the network. */
export function randomRecord(random: Source): CorpusRecord {
  const kind = random.next()
  if (kind < 0.45) return like(random)
  if (kind < 0.65) return post(random)
  if (kind < 0.85) return follow(random)
  if (kind < 0.95) return repost(random)
  return random.chance(0.7) ? profile(random) : block(random)
}

/** A record of any kind of which a repository has many: of profiles there is one. */
export function recordWithTid(random: Source): CorpusRecord {
  for (;;) {
    const made = randomRecord(random)
    if (made.collection !== 'app.bsky.actor.profile') return made
  }
}

/** A like. */
export function like(random: Source): CorpusRecord {
  return record(random, 'app.bsky.feed.like', { subject: strongRef(random, 'app.bsky.feed.post') })
}

/** A repost. */
export function repost(random: Source): CorpusRecord {
  return record(random, 'app.bsky.feed.repost', {
    subject: strongRef(random, 'app.bsky.feed.post'),
  })
}

/** A follow. */
export function follow(random: Source): CorpusRecord {
  return record(random, 'app.bsky.graph.follow', { subject: randomActor(random).did })
}

/** A block. */
export function block(random: Source): CorpusRecord {
  return record(random, 'app.bsky.graph.block', { subject: randomActor(random).did })
}

/** A profile. */
export function profile(random: Source): CorpusRecord {
  return record(random, 'app.bsky.actor.profile', {
    displayName: words(random, 1 + random.below(3)),
    description: words(random, 5 + random.below(30)),
    ...(random.chance(0.9) ? { avatar: random.blob() } : {}),
    ...(random.chance(0.6) ? { banner: random.blob() } : {}),
    ...(random.chance(0.2) ? { pinnedPost: strongRef(random, 'app.bsky.feed.post') } : {}),
  })
}

/** A post: short or long, in three languages, with or without facets, reply and embed. */
export function post(random: Source): CorpusRecord {
  let text = words(random, 2 + random.below(random.chance(0.3) ? 45 : 15))
  const facets: unknown[] = []
  while (random.chance(0.25)) {
    const [shown, feature] = facetFeature(random)
    const byteStart = Buffer.byteLength(`${text} `)
    text = `${text} ${shown}`
    facets.push({
      $type: 'app.bsky.richtext.facet',
      index: { byteStart, byteEnd: byteStart + Buffer.byteLength(shown) },
      features: [feature],
    })
  }
  return record(random, 'app.bsky.feed.post', {
    text,
    ...(random.chance(0.9) ? { langs: random.chance(0.9) ? ['en'] : ['pt', 'en'] } : {}),
    ...(facets.length > 0 ? { facets } : {}),
    ...(random.chance(0.45)
      ? {
          reply: {
            root: strongRef(random, 'app.bsky.feed.post'),
            parent: strongRef(random, 'app.bsky.feed.post'),
          },
        }
      : {}),
    ...(random.chance(0.35) ? { embed: embed(random) } : {}),
  })
}

function record(random: Source, collection: string, fields: Record<string, unknown>): CorpusRecord {
  return { collection, record: { $type: collection, ...fields, createdAt: datetime(random) } }
}

function embed(random: Source): Record<string, unknown> {
  const kind = random.next()
  if (kind < 0.5) {
    return {
      $type: 'app.bsky.embed.images',
      images: Array.from({ length: 1 + random.below(4) }, () => ({
        alt: random.chance(0.5) ? words(random, 4 + random.below(40)) : '',
        image: random.blob(),
        aspectRatio: { width: 600 + random.below(2000), height: 600 + random.below(2000) },
      })),
    }
  }
  if (kind < 0.75) {
    return {
      $type: 'app.bsky.embed.external',
      external: {
        uri: `https://example.com/${letters(random, 8)}/${letters(random, 30)}`,
        title: words(random, 8),
        description: words(random, 20),
        thumb: random.blob(),
      },
    }
  }
  return { $type: 'app.bsky.embed.record', record: strongRef(random, 'app.bsky.feed.post') }
}

function facetFeature(random: Source): [shown: string, feature: Record<string, unknown>] {
  if (random.chance(0.4)) {
    const tag = random.pick(TAGS)
    return [`#${tag}`, { $type: 'app.bsky.richtext.facet#tag', tag }]
  }
  if (random.chance(0.5)) {
    const { did, handle } = randomActor(random)
    return [`@${handle}`, { $type: 'app.bsky.richtext.facet#mention', did }]
  }
  const path = `example.com/${letters(random, 12)}`
  return [path, { $type: 'app.bsky.richtext.facet#link', uri: `https://${path}` }]
}

function strongRef(random: Source, collection: string): Record<string, unknown> {
  return { uri: randomUri(random, collection), cid: randomCid(random, 'dag-cbor') }
}

/** Words of a language, now and then with an emoji. */
export function words(random: Random, count: number): string {
  if (random.chance(0.2)) {
    return Array.from({ length: count }, () => random.pick(JAPANESE)).join('')
  }
  const vocabulary = random.chance(0.2) ? PORTUGUESE : ENGLISH
  const text = Array.from({ length: count }, () => random.pick(vocabulary)).join(' ')
  return random.chance(0.15) ? `${text} ${random.pick(EMOJI)}` : text
}

/** A moment of the last two years. */
export function datetime(random: Random): string {
  return new Date(1.7e12 + random.below(60_000_000_000)).toISOString()
}

function letters(random: Random, count: number): string {
  let text = ''
  for (let i = 0; i < count; i++) text += ALPHABET[random.below(32)]
  return text
}
