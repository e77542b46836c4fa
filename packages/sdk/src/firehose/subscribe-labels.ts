// The labels of a labeler, as they are made.
import { parseService } from '../xrpc/index.ts'
import type { VerifyLevel } from './event-verifier.ts'
import { createEventCheck } from './event-check.ts'
import { FirehoseError } from './firehose-error.ts'
import { decodeLabelFrame } from './label-frame.ts'
import type { LabelEvent } from './label-frame.ts'
import { LabelVerifier } from './label-verifier.ts'
import type { LabelVerifierOptions } from './label-verifier.ts'
import { ordered } from './ordered-protocol.ts'
import type { StreamProtocol } from './stream-protocol.ts'
import { createSubscription } from './subscription.ts'
import type { Subscription } from './subscription.ts'
import type { SubscriptionOptions } from './subscription-options.ts'

/** The labeler that is used where none is named: Bluesky's moderation. */
export const DEFAULT_LABELER = 'mod.bsky.app'

/** What to subscribe to, and whether to check it. */
export interface SubscribeLabelsOptions extends SubscriptionOptions, Partial<LabelVerifierOptions> {
  /** A labeler: a host name or a URL. @default 'mod.bsky.app' */
  service?: string | undefined
  /**
   * With `full`, the signature of each label is verified with the `#atproto_label` key of its source;
   * labels that fail are put aside as `refused`. Those from before a labeler changed its key may be
   * such. @default 'none'
   */
  verify?: Exclude<VerifyLevel, 'content'> | undefined
}

/**
 * Subscribes to the labels of a labeler: each event at least once, in order. From the cursor 0 on, a
 * labeler may give all its labels; where one was taken back, only its negation.
 *
 * @throws TypeError where the service is neither a host name nor a URL, where the platform has no
 * WebSocket, and for `verify: 'full'` without an `identity`.
 *
 * @example
 * ```ts
 * const labels = subscribeLabels({ cursor: 0, verify: 'full', identity: new IdentityResolver() })
 * for await (const event of labels) {
 *   if (event.kind !== 'labels') continue
 *   for (const label of event.labels) store(label, isLabelActive(label))
 * }
 * ```
 */
export function subscribeLabels(options: SubscribeLabelsOptions = {}): Subscription<LabelEvent> {
  const { service = DEFAULT_LABELER, verify = 'none', identity, k256 } = options
  if (verify === 'full' && !identity) throw new TypeError("verify: 'full' needs an identity")
  const url = `${parseService(service).replace('http', 'ws')}/xrpc/com.atproto.label.subscribeLabels`
  const verifier = verify === 'full' && identity && new LabelVerifier({ identity, k256 })
  const protocol: StreamProtocol<LabelEvent> = {
    url: (cursor) => (cursor === undefined ? url : `${url}?cursor=${cursor}`),
    read(message) {
      if (typeof message !== 'string') return decodeLabelFrame(message)
      throw new FirehoseError('The frame is text, where bytes are due', { code: 'invalid-frame' })
    },
    cursorOf: (event) => (event.kind === 'info' ? undefined : event.seq),
    timeOf,
    ...(verifier && { check: createEventCheck((event) => verifier.check(event)) }),
  }
  return createSubscription(() => ordered(protocol), options)
}

/** When the newest label of an event was made, as its source says. */
function timeOf(event: LabelEvent): number | undefined {
  const newest = event.kind === 'labels' ? event.labels.at(-1) : undefined
  return newest && Date.parse(newest.cts)
}
