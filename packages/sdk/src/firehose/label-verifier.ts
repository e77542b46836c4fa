// Whether labels are from those whom they name as their sources.
import type { Label } from '../../lexicons/com.atproto.label.defs.ts'
import type { PointVerifier, VerifySignatureOptions } from '../crypto/index.ts'
import { FirehoseError } from './firehose-error.ts'
import type { LabelEvent, LabelsEvent, RefusedLabel } from './label-frame.ts'
import { verifyLabel } from './label-signature.ts'
import { SigningKeys } from './signing-keys.ts'
import type { KeyResolver } from './signing-keys.ts'

/** What a {@link LabelVerifier} checks labels with. */
export interface LabelVerifierOptions {
  /** Who knows the keys of labelers. An `IdentityResolver` does. */
  identity: KeyResolver
  /** Verifies signatures on secp256k1 in place of the platform. */
  k256?: PointVerifier | undefined
}

/** Checks the events of {@link decodeLabelFrame}. */
export class LabelVerifier {
  readonly #keys: SigningKeys
  readonly #plug: VerifySignatureOptions

  constructor({ identity, k256 }: LabelVerifierOptions) {
    // No other key of a labeler will do (https://atproto.com/specs/label#signatures).
    this.#keys = new SigningKeys(identity, 'atproto_label')
    this.#plug = k256 ? { k256 } : {}
  }

  /** Gives an event with the labels whose signature is right, and the others as `refused`. */
  check(event: LabelEvent): LabelEvent | Promise<LabelsEvent> {
    return event.kind === 'labels' ? this.#sift(event) : event
  }

  async #sift(event: LabelsEvent): Promise<LabelsEvent> {
    const labels: Label[] = []
    const refused: RefusedLabel[] = []
    // One after the other: a message shall not make us ask for the keys of thousands at a time.
    for (const label of event.labels) {
      try {
        await this.#verify(label)
        labels.push(label)
      } catch (error) {
        if (!(error instanceof FirehoseError)) throw error
        refused.push({ label, error })
      }
    }
    return { ...event, labels, refused }
  }

  #verify(label: Label): Promise<void> {
    return this.#keys.check(label.src, (signingKey) =>
      verifyLabel(label, { signingKey, ...this.#plug }),
    )
  }
}
