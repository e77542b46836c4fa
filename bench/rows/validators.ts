// The libraries that validate, each with the form of values that it asks for.

import {
  AppBskyActorProfile,
  AppBskyFeedGetPostThread,
  AppBskyFeedLike,
  AppBskyFeedPost,
} from '@atcute/bluesky'
import * as atcute from '@atcute/lexicons/validations'
import { schemas as documents } from '@atproto/api'
import { LexiconIterableIndexer, LexiconSchemaBuilder } from '@atproto/lex-document'
import { jsonToLex } from '@atproto/lex-json'
import * as lexicon from '@atproto/lexicon'
import { main as profile } from 'atproto.ts/lexicons/app.bsky.actor.profile'
import { output as thread } from 'atproto.ts/lexicons/app.bsky.feed.getPostThread'
import { main as like } from 'atproto.ts/lexicons/app.bsky.feed.like'
import { main as post } from 'atproto.ts/lexicons/app.bsky.feed.post'
import { zodPost } from './zod-post.ts'

/** What is validated. */
export type Kind = 'post' | 'like' | 'profile' | 'thread'

/** A library, for one kind of values. */
export interface Validator {
  library: string
  checks: string
  /** The value in the form that the library works on. */
  prepare(value: unknown): unknown
  /** Whether a value is valid, in the way that does least. */
  is(value: unknown): boolean
  /** Whether it is, with all that is wrong with it where it is not. */
  safeParse(value: unknown): boolean
}

const OURS = { post, like, profile, thread }
const ATCUTE = {
  post: AppBskyFeedPost.mainSchema,
  like: AppBskyFeedLike.mainSchema,
  profile: AppBskyActorProfile.mainSchema,
  thread: AppBskyFeedGetPostThread.mainSchema.output.schema,
}
const NSIDS = {
  post: 'app.bsky.feed.post',
  like: 'app.bsky.feed.like',
  profile: 'app.bsky.actor.profile',
  thread: 'app.bsky.feed.getPostThread',
}

/** All libraries that know a kind of values, ours first. */
export async function validatorsOf(kind: Kind): Promise<[Validator, ...Validator[]]> {
  const ours: Validator = {
    library: 'atproto.ts',
    checks: 'all of the lexicon; nothing of what is unknown',
    prepare: (value) => value,
    is: (value) => OURS[kind].is(value),
    safeParse: (value) => OURS[kind].safeParse(value).success,
  }
  const peers: Validator[] = [
    {
      library: '@atcute/lexicons',
      checks: 'the lexicon without limits of blobs; nothing of what is unknown',
      prepare: (value) => value,
      is: (value) => atcute.is(ATCUTE[kind], value),
      safeParse: (value) => atcute.safeParse(ATCUTE[kind], value).ok,
    },
  ]
  if (kind === 'thread') return [ours, ...peers]
  peers.push(await lexValidator(kind), lexiconValidator(kind))
  if (kind === 'post') peers.push(ZOD)
  return [ours, ...peers]
}

const ZOD: Validator = {
  library: 'zod',
  checks: 'the shape, formats by regular expressions',
  prepare: (value) => value,
  is: (value) => zodPost.safeParse(value).success,
  safeParse: (value) => zodPost.safeParse(value).success,
}

async function lexValidator(kind: Kind): Promise<Validator> {
  const schema = await LexiconSchemaBuilder.build(
    new LexiconIterableIndexer(documentsForLex()),
    `${NSIDS[kind]}#main`,
  )
  return {
    library: '@atproto/lex',
    checks: 'all of the lexicon; nothing of what is unknown',
    prepare: (value) => jsonToLex(structuredClone(value) as never),
    is: (value) => schema.matches(value),
    safeParse: (value) => schema.safeParse(value).success,
  }
}

/** Its builder wants references in full. */
function documentsForLex(): never[] {
  return JSON.parse(JSON.stringify(documents), (key, value: unknown) => {
    // There are properties of these names as well.
    if (key === 'ref' && typeof value === 'string') return full(value)
    return key === 'refs' && Array.isArray(value) ? value.map(full) : value
  }) as never[]
}

function full(ref: string): string {
  const bare = ref.replace(/^lex:/, '')
  return bare.includes('#') ? bare : `${bare}#main`
}

function lexiconValidator(kind: Kind): Validator {
  // It writes into the documents that it is given.
  const lexicons = new lexicon.Lexicons(structuredClone(documents))
  const validate = (value: unknown): boolean => lexicons.validate(NSIDS[kind], value).success
  return {
    library: '@atproto/lexicon',
    checks: 'the lexicon without blobs, until the first fault; nothing of what is unknown',
    prepare: (value) => lexicon.jsonToLex(structuredClone(value) as never),
    is: validate,
    safeParse: validate,
  }
}
