// The events of `com.atproto.sync.subscribeRepos` that are about the state of a repository.

import { decodeBase64 } from '../base/index.ts'
import type { LexBytes } from '../data/index.ts'
import type { CidString } from '../syntax/index.ts'
import { isLinkAt, LINK_BYTES, parseLink } from './link.ts'
import type { Link } from './link.ts'
import { RepoError } from './repo-error.ts'

/** A CID as text, as a link of the data model, or as a link that was decoded with the raw option. */
export type EventLink = CidString | { readonly $link: CidString | Uint8Array }

/** What the events of both kinds have. */
interface RepoEvent {
  /** The revision of the commit. */
  readonly rev: string
  /** A CAR file, whose root is the commit. */
  readonly blocks: Uint8Array | LexBytes
}

/** One change of a `#commit` event. */
export interface CommitEventOp {
  readonly action: string
  /** `collection/rkey` */
  readonly path: string
  /** The record as it is now; null where it was deleted. */
  readonly cid: EventLink | null
  /** The record as it was before. Older servers leave it out. */
  readonly prev?: EventLink | null | undefined
}

/** A `#commit` event, as the lexicon has it, or with `did` in place of `repo`. */
export interface CommitEvent extends RepoEvent {
  readonly repo?: string | undefined
  readonly did?: string | undefined
  readonly commit: EventLink
  /** The revision before this one. */
  readonly since: string | null
  /** The root of the tree before this commit. Older servers leave it out. */
  readonly prevData?: EventLink | null | undefined
  readonly ops: readonly CommitEventOp[]
}

/** A `#sync` event. */
export interface SyncEvent extends RepoEvent {
  readonly did: string
}

/**
 * The link in one of its forms.
 *
 * @throws {RepoError} `invalid-event`, `invalid-cid`
 */
export function eventLink(value: EventLink, field: string): Link {
  const link: unknown =
    typeof value === 'string' ? value : (value as { $link?: unknown } | null)?.$link
  if (typeof link === 'string') return parseLink(link)
  if (link instanceof Uint8Array && link.length === LINK_BYTES && isLinkAt(link, 0)) {
    return { bytes: link, at: 0 }
  }
  throw invalidEvent(`${field} is not a link`)
}

/**
 * The CAR file of an event.
 *
 * @throws {RepoError} `invalid-event`, `blocks-too-large`
 */
export function eventBlocks({ blocks }: RepoEvent, limit: number): Uint8Array {
  const bytes = ArrayBuffer.isView(blocks) ? blocks : decodeBytes(blocks)
  if (bytes.length <= limit) return bytes
  throw new RepoError(`The event has ${bytes.length} bytes of blocks, of ${limit} at most`, {
    code: 'blocks-too-large',
  })
}

/** The error for an event that does not have the fields of its kind. */
export function invalidEvent(reason: string): RepoError {
  return new RepoError(`The event is not valid: ${reason}`, { code: 'invalid-event' })
}

function decodeBytes(blocks: LexBytes): Uint8Array {
  const text: unknown = (blocks as { $bytes?: unknown } | null)?.$bytes
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined
  if (!bytes) throw invalidEvent('blocks are not bytes')
  return bytes
}
