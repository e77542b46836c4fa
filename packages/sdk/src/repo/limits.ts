// What the protocol limits about events (https://atproto.com/specs/sync#commit-events).

/** The most bytes that the blocks of a `#commit` event have. */
export const MAX_COMMIT_BYTES = 2_000_000

/** The most bytes that the blocks of a `#sync` event have: it holds nothing but a commit. */
export const MAX_SYNC_BYTES = 10_000

/** The most operations that a `#commit` event has. */
export const MAX_COMMIT_OPS = 200

/** The most bytes of a record. The specification says a million; servers go by this. */
export const MAX_RECORD_BYTES: number = 1024 * 1024

/** How far the clock of whoever made a commit may be ahead of ours, in milliseconds. */
export const MAX_CLOCK_DRIFT: number = 5 * 60 * 1000
