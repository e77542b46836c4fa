// The frames of `com.atproto.label.subscribeLabels`.
import type { Label } from '../../lexicons/com.atproto.label.defs.ts'
import { decodeCbor } from '../data/index.ts'
import type { InfoEvent, UnknownEvent } from './events.ts'
import type { FirehoseError } from './firehose-error.ts'
import { readFrame } from './frame.ts'
import type { FrameMessages } from './frame.ts'
import { checkDid, checkSeq, mapOf, optionalText, refuse, textOf } from './message-fields.ts'
import type { MessageFields } from './message-fields.ts'

/** Any event of a labeler, told apart by `kind`. */
export type LabelEvent = LabelsEvent | InfoEvent | UnknownEvent

/** Things were labeled, or labels taken back. */
export interface LabelsEvent {
  readonly kind: 'labels'
  /** The place in the stream of the labeler. */
  readonly seq: number
  /** The labels; where signatures are verified, those whose signature is right. */
  readonly labels: readonly Label[]
  /** The others, where signatures are verified. */
  readonly refused?: readonly RefusedLabel[]
}

/** A label that nobody can be held to. */
export interface RefusedLabel {
  readonly label: Label
  /**
   * Why: `unsigned-label`, `invalid-label`, `verification-failed`; or `key-unavailable`, which says
   * nothing of the label, but that the key of its source could not be found out now.
   */
  readonly error: FirehoseError
}

/**
 * Decodes a frame of a labeler, for those who bring their own socket. Signatures are not looked at:
 * see {@link verifyLabel}.
 *
 * @throws {FirehoseError} as {@link decodeFrame}.
 */
export function decodeLabelFrame(bytes: Uint8Array): LabelEvent {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('bytes must be a Uint8Array')
  return readFrame(bytes, labelMessages)
}

const labelMessages: FrameMessages<LabelEvent> = {
  nsid: 'com.atproto.label.subscribeLabels',
  read: (t, message) => readFields(t, mapOf(decodeCbor(message))),
}

function readFields(t: string, fields: MessageFields): LabelEvent | undefined {
  if (t === '#info') {
    return { kind: 'info', name: textOf(fields, 'name'), ...optionalText(fields, 'message') }
  }
  if (t !== '#labels') return undefined
  const { seq, labels } = fields
  if (!Array.isArray(labels)) return refuse('labels')
  return { kind: 'labels', seq: checkSeq(seq), labels: labels.map((label) => checkLabel(label)) }
}

function checkLabel(value: MessageFields[string]): Label {
  const label = mapOf(value)
  const { src, ver, neg, sig } = label
  checkDid(src)
  for (const field of ['uri', 'val', 'cts']) textOf(label, field)
  for (const field of ['cid', 'exp']) optionalText(label, field)
  if (ver !== undefined && typeof ver !== 'number') refuse('ver')
  if (neg !== undefined && typeof neg !== 'boolean') refuse('neg')
  if (sig !== undefined) textOf(mapOf(sig), '$bytes')
  return label as unknown as Label
}
