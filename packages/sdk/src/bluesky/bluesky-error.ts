// What goes wrong with posts and uploads, besides what calls and schemas say.
import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/**
 * Why a post or an upload failed:
 *
 * - `cid-mismatch`: the server stored another record than the one that was sent; `uri` names it
 * - `empty-file`, `file-too-large`: a file has no bytes, or more than its record may refer to
 * - `wrong-file-type`: a file is not of a kind that is accepted, or not what it is declared to be
 * - `upload-refused`: the video service takes no video of this account now; the message says why
 * - `video-failed`: the video was not processed; `jobId` and `failureCode` say more
 */
export type BlueskyErrorCode =
  | 'cid-mismatch'
  | 'empty-file'
  | 'file-too-large'
  | 'upload-refused'
  | 'video-failed'
  | 'wrong-file-type'

/** What a {@link BlueskyError} carries besides its message. */
export interface BlueskyErrorOptions extends AtprotoErrorOptions {
  code: BlueskyErrorCode
  /** The record that it is about. */
  uri?: string
  /** The job of the video service that failed. */
  jobId?: string
  /** Why it failed, in the video service's words for programs. */
  failureCode?: string
}

/** A post or an upload failed for a reason of Bluesky's own. */
export class BlueskyError extends AtprotoError<BlueskyErrorOptions> {
  static override readonly id = 'BlueskyError'

  declare readonly code: BlueskyErrorCode

  /** The record that it is about, where there is one. */
  declare readonly uri?: string

  /** The job of the video service that failed, where there is one. */
  declare readonly jobId?: string

  /** Why the job failed, in the video service's words for programs, such as `encoding_failure`. */
  declare readonly failureCode?: string
}
