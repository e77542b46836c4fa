// The fields of messages that were decoded as a whole.

import { DataError } from '../data/index.ts'
import type { RawLexValue } from '../data/index.ts'
import { isDid } from '../syntax/index.ts'
import type { Did } from '../syntax/index.ts'
import type { SequencedEvent } from './events.ts'

/** A message as the raw option of the decoder gives it. */
export interface MessageFields {
  readonly [name: string]: RawLexValue
}

/**
 * The fields of a message, which must be a map.
 *
 * @throws {DataError} `malformed`
 */
export function mapOf(message: RawLexValue): MessageFields {
  const isMap =
    typeof message === 'object' &&
    message !== null &&
    !Array.isArray(message) &&
    !ArrayBuffer.isView(message)
  return isMap ? message : refuse('message')
}

/**
 * What nearly all messages have.
 *
 * @throws {DataError} `malformed`
 */
export function sequence(fields: MessageFields): SequencedEvent {
  return {
    seq: checkSeq(fields['seq']),
    did: checkDid(fields['did']),
    time: textOf(fields, 'time'),
  }
}

/** @throws {DataError} `malformed` */
export function checkSeq(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : refuse('seq')
}

/** @throws {DataError} `malformed` */
export function checkDid(value: unknown): Did {
  return isDid(value) ? value : refuse('did')
}

/** @throws {DataError} `malformed` */
export function textOf(fields: MessageFields, field: string): string {
  const value = fields[field]
  return typeof value === 'string' ? value : refuse(field)
}

/** A field that may be left out. */
export function optionalText<Field extends string>(
  fields: MessageFields,
  field: Field,
): Partial<Record<Field, string>> {
  if (fields[field] === undefined) return {}
  return { [field]: textOf(fields, field) } as Partial<Record<Field, string>>
}

/** Says that a field is missing, or not what it should be. */
export function refuse(field: string): never {
  throw new DataError(`The field ${field} is missing or not valid`, { code: 'malformed' })
}
