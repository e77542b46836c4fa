// Whether the content of events is what happened, by the events alone.

import { AtprotoError } from '../base/index.ts'
import { checkCommitEvent, checkSyncEvent } from '../repo/index.ts'
import type { ChainOutcome, CommitBlock, RepoChain } from '../repo/index.ts'
import type { CommitEvent, EventVerification, SyncEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { FrameCommit } from './frame-commit.ts'
import { FrameSync } from './frame-sync.ts'

/** An event about the state of a repository. Which collections it is of makes no difference. */
export type RepoStateEvent = Omit<CommitEvent, 'ops'> | SyncEvent

/** An event whose content was checked. */
export interface CheckedEvent {
  readonly event: RepoStateEvent
  readonly content: CommitBlock
  /** Compares it with what is known of its repository. */
  follow(chain: RepoChain): Promise<ChainOutcome<unknown>>
  /** Notes what was found out on the event. */
  note(verification: EventVerification): void
}

/**
 * Checks what an event shows by itself.
 *
 * @throws {FirehoseError} `verification-failed`, `invalid-frame`
 */
export function checkContent(event: RepoStateEvent): CheckedEvent {
  try {
    if (event instanceof FrameCommit) return checkCommit(event)
    if (event instanceof FrameSync) return checkSync(event)
  } catch (cause) {
    throw failureOf(event, cause)
  }
  throw new TypeError('The event is not one of decodeFrame')
}

function checkCommit(event: FrameCommit): CheckedEvent {
  const { did, rev, since, commit, prevData, blocks, allOps: ops } = event
  const whole = { did, rev, since, commit, prevData, blocks, ops }
  const checked = checkCommitEvent(whole)
  return {
    event,
    content: checked,
    follow: (chain) => chain.commit(whole, { checked }),
    note(verification) {
      // What an older server left out may be known.
      const isShown = verification.chain?.status === 'synchronized'
      const inversion = isShown ? 'verified' : checked.inversion
      event.verified(checked, { inversion, ...verification })
    },
  }
}

function checkSync(event: FrameSync): CheckedEvent {
  const checked = checkSyncEvent(event)
  return {
    event,
    content: checked,
    follow: (chain) => chain.sync(event, { checked }),
    note: (verification) => event.verified(verification),
  }
}

/** What is thrown for an event that failed. What is not about the event stays what it is. */
export function failureOf({ seq, did }: RepoStateEvent, cause: unknown): unknown {
  if (cause instanceof FirehoseError) return Object.assign(cause, { seq, did })
  if (!(cause instanceof AtprotoError)) return cause
  const message = `Event ${seq} of ${did}: ${cause.message}`
  return new FirehoseError(message, { code: 'verification-failed', seq, did, cause })
}
