// Frames as a relay sends them.

import { concatBytes } from '../../src/base/index.ts'
import { encodeCbor, toLexBytes } from '../../src/data/index.ts'
import { decodeFrame, FirehoseError } from '../../src/firehose/index.ts'
import type { CommitEvent, DecodeFrameOptions, SyncEvent } from '../../src/firehose/index.ts'
import { DID } from '../repo/repository.ts'
import type { MadeEvent } from '../repo/repository.ts'
import { thrownBy } from '../thrown.ts'

export const TIME = '2026-01-01T00:00:00.000Z'

/** A frame of a header and a message. */
export function frameOf(header: unknown, message: unknown): Uint8Array<ArrayBuffer> {
  return concatBytes([encodeCbor(header), encodeCbor(message)])
}

/** A frame with a message of a type, about the account of the test repository. */
export function messageFrame(t: string, fields: object): Uint8Array<ArrayBuffer> {
  return frameOf({ op: 1, t }, { seq: 1, did: DID, time: TIME, ...fields })
}

/** The frame of a commit, with some fields changed; undefined ones are left out. */
export function commitFrame(event: MadeEvent, fields: object = {}): Uint8Array<ArrayBuffer> {
  const others = { seq: 1, time: TIME, blobs: [], rebase: false, tooBig: false }
  const message = { ...event, blocks: toLexBytes(event.blocks), ...others, ...fields }
  const present = Object.entries(message).filter(([, value]) => value !== undefined)
  return frameOf({ op: 1, t: '#commit' }, Object.fromEntries(present))
}

/** The commit in a frame. */
export function decodeCommit(frame: Uint8Array, options?: DecodeFrameOptions): CommitEvent {
  const event = decodeFrame(frame, options)
  if (event.kind !== 'commit') throw new Error(`The frame has a ${event.kind}`)
  return event
}

/** The `#sync` event of a commit. */
export function decodeSync(rev: string, car: Uint8Array, fields: object = {}): SyncEvent {
  const event = decodeFrame(messageFrame('#sync', { rev, blocks: toLexBytes(car), ...fields }))
  if (event.kind !== 'sync') throw new Error(`The frame has a ${event.kind}`)
  return event
}

/** The {@link FirehoseError} that the function throws; it fails the test where there is none. */
export function firehoseErrorOf(run: () => unknown): FirehoseError {
  return thrownBy(FirehoseError, run)
}
