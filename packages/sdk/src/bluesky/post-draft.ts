import { main as post } from '../../lexicons/app.bsky.feed.post.ts'
import type { Main as Post, ReplyRef } from '../../lexicons/app.bsky.feed.post.ts'
import { main as resolveHandle } from '../../lexicons/com.atproto.identity.resolveHandle.ts'
import type { CallOptions, XrpcClient } from '../xrpc/index.ts'
import { detectFacets } from './facet-detection.ts'
import { resolveFacets } from './facet-resolution.ts'
import type { HandleResolver, ResolveFacetsOptions } from './facet-resolution.ts'
import type { RichTextInput } from './rich-text.ts'

/** The fields of a post that are the author's to say besides its text. */
type PostDetails = Omit<
  Post,
  '$type' | 'createdAt' | 'entities' | 'facets' | 'langs' | 'reply' | 'text'
>

/** What to post: a text and whatever else a post has, but for its place in a thread. */
export interface PostDraft extends RichTextInput, PostDetails {
  /** When it was written. @default now */
  createdAt?: string | undefined
  /** The languages of its text, at most three. */
  langs?: Post['langs'] | undefined
}

/** How drafts become posts. */
export interface PostOptions extends ResolveFacetsOptions {
  /** The languages of the drafts that name none. */
  langs?: Post['langs'] | undefined
  /**
   * Finds the accounts that are mentioned, where a draft comes without facets and they are detected.
   * @default the account's PDS
   */
  resolver?: HandleResolver | undefined
}

/** @internal The finder of accounts that a PDS is. */
export function pdsResolver(client: XrpcClient, options: CallOptions): HandleResolver {
  return {
    async resolveHandle(handle) {
      return (await client.call(resolveHandle, { handle }, options)).data.did
    },
  }
}

/** @internal A draft with facets: its own, or those that are found in its text. */
export async function withFacets(
  draft: PostDraft | string,
  resolver: HandleResolver,
  options: ResolveFacetsOptions,
): Promise<PostDraft> {
  const content = typeof draft === 'string' ? { text: draft } : draft
  const { text, facets = await resolveFacets(text, detectFacets(text), resolver, options) } =
    content
  return { ...content, facets: facets.length > 0 ? facets : undefined }
}

/**
 * @internal The record of a draft, exactly as it will be sent.
 * @throws ValidationError where the draft is no post by its lexicon.
 */
export function postRecord(
  draft: PostDraft,
  place: { createdAt: string; langs: Post['langs']; reply: ReplyRef | undefined },
): Post {
  const { reply, ...defaults } = place
  const given = Object.entries(draft).filter(([, value]) => value !== undefined)
  const record = { $type: post.nsid, ...defaults, ...Object.fromEntries(given), reply }
  // As JSON, which is what goes out: fields that are undefined are no part of it, nor of its CID.
  return post.parse(JSON.parse(JSON.stringify(record)))
}
