// Messages other than `#commit` as events. There are few of them, so they are decoded as a whole.

import { decodeCbor } from '../data/index.ts'
import { isDid } from '../syntax/index.ts'
import type { RepoEvent, UnknownEvent } from './events.ts'
import { FrameSync } from './frame-sync.ts'
import { mapOf, optionalText, refuse, sequence, textOf } from './message-fields.ts'
import type { MessageFields } from './message-fields.ts'

const NSID = 'com.atproto.sync.subscribeRepos'

/**
 * The event for a message.
 *
 * @param t Its type, as the header has it.
 * @throws {DataError} where it is not DAG-CBOR, or does not have the fields of its type.
 */
export function readMessage(t: string, message: Uint8Array): RepoEvent {
  const fields = mapOf(decodeCbor(message, { raw: true }))
  return readFields(t, fields) ?? readUnknown(t, message)
}

function readFields(t: string, fields: MessageFields): RepoEvent | undefined {
  switch (t) {
    case '#sync':
      return new FrameSync(fields)
    case '#identity':
      return { kind: 'identity', ...sequence(fields), ...optionalText(fields, 'handle') }
    case '#account': {
      const active = fields['active'] === true || (fields['active'] !== false && refuse('active'))
      return { kind: 'account', ...sequence(fields), active, ...optionalText(fields, 'status') }
    }
    case '#info':
      return { kind: 'info', name: textOf(fields, 'name'), ...optionalText(fields, 'message') }
    case '#handle':
      return { kind: 'handle', ...sequence(fields), handle: textOf(fields, 'handle') }
    case '#migrate': {
      const migrateTo = fields['migrateTo'] === null ? null : textOf(fields, 'migrateTo')
      return { kind: 'migrate', ...sequence(fields), migrateTo }
    }
    case '#tombstone':
      return { kind: 'tombstone', ...sequence(fields) }
    default:
      return undefined
  }
}

/**
 * The event for a message that nobody knows.
 *
 * @throws {DataError} where it is not a map in DAG-CBOR.
 */
export function readUnknown(t: string | undefined, message: Uint8Array): UnknownEvent {
  const fields = mapOf(decodeCbor(message)) as UnknownEvent['raw']
  const { seq, did, time } = fields
  return {
    kind: 'unknown',
    ...(t !== undefined && { t }),
    ...(Number(seq) > 0 && { seq: Number(seq) }),
    ...(isDid(did) && { did }),
    ...(typeof time === 'string' && { time }),
    raw: { ...(t !== undefined && { $type: NSID + t }), ...fields },
  }
}
