// Which events a program wants of Jetstream.
import { isDid } from '../syntax/index.ts'

/** The most collections, and the most accounts, that a service lets a subscriber name. */
const MAX_COLLECTIONS = 100
const MAX_DIDS = 10_000

/** An NSID, or the beginning of one with a star for the rest. */
const COLLECTION = /^[a-z][\w-]*(?:\.[\w-]+)*\.(?:\*|[\w-]+\.\w+)$/i

/** The versions of the service: their messages differ, and what a cursor is. */
export type JetstreamVersion = 1 | 2

/** The kinds of events that version two of Jetstream tells apart. */
export type JetstreamKind = 'commit' | 'identity' | 'account' | 'sync'

/** What the service filters by. What is left out filters nothing. */
export interface JetstreamFilter<Collection extends string = string> {
  /**
   * The collections whose records are wanted: at most 100 NSIDs, or beginnings of them like
   * `app.bsky.graph.*`. Events that are not about records come all the same.
   */
  wantedCollections?: readonly Collection[] | undefined
  /** The accounts whose events are wanted, at most 10,000. */
  wantedDids?: readonly string[] | undefined
  /** The service leaves out messages that are longer; 0 is no limit. @default 0 */
  maxMessageSizeBytes?: number | undefined
  /**
   * The kinds of events that are wanted. Version two of the service alone knows this. Without `commit`,
   * the collections mean nothing.
   */
  kinds?: readonly JetstreamKind[] | undefined
}

/**
 * Checks what a service would refuse, which most platforms do not tell of WebSockets.
 *
 * @throws TypeError for what is no collection or no DID, and for `kinds` of version one; RangeError
 *   where there are too many.
 */
export function checkFilter(filter: JetstreamFilter, version: JetstreamVersion): void {
  const { wantedCollections = [], wantedDids = [], kinds } = filter
  if (kinds && version === 1) throw new TypeError('Version 1 of Jetstream knows no kinds')
  checkNames('collection', wantedCollections, MAX_COLLECTIONS, (name) => COLLECTION.test(name))
  checkNames('DID', wantedDids, MAX_DIDS, isDid)
}

function checkNames(
  what: string,
  names: readonly string[],
  limit: number,
  isName: (name: string) => boolean,
): void {
  if (names.length > limit) throw new RangeError(`Jetstream takes at most ${limit} ${what}s`)
  for (const name of names) if (!isName(name)) throw new TypeError(`Not a ${what}: "${name}"`)
}
