// A `#sync` message as an event.

import type { Did } from '../syntax/index.ts'
import type { EventVerification, SyncEvent } from './events.ts'
import type { MessageFields } from './message-fields.ts'
import { refuse, sequence, textOf } from './message-fields.ts'

/** A `#sync` message of a frame. */
export class FrameSync implements SyncEvent {
  readonly kind = 'sync'
  readonly seq: number
  readonly did: Did
  readonly time: string
  readonly rev: string
  declare verification?: EventVerification

  readonly #blocks: Uint8Array

  /** @throws {DataError} `malformed` */
  constructor(fields: MessageFields) {
    const { seq, did, time } = sequence(fields)
    this.seq = seq
    this.did = did
    this.time = time
    this.rev = textOf(fields, 'rev')
    const { blocks } = fields
    this.#blocks = blocks instanceof Uint8Array ? blocks : refuse('blocks')
  }

  get blocks(): Uint8Array {
    return this.#blocks
  }

  /** Notes what was found out. */
  verified(verification: EventVerification): void {
    this.verification = verification
  }
}
