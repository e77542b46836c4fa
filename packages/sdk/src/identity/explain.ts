// Resolves an identity in the open: every source asked, every answer told.
import type { IdentityError } from './identity-error.ts'
import type { Identity } from './identity.ts'
import type { Watch } from './network.ts'

/** One question that was asked on the way to an identity. */
export interface ExplainedStep {
  /**
   * `dns` and `well-known` ask for the DID of a handle, `document` for the document of a DID;
   * `agreement` says whether handle and DID name each other.
   */
  step: 'dns' | 'well-known' | 'document' | 'agreement'
  /** What was asked: the name in DNS, the URL; of an agreement, the DID. */
  source: string
  /** How long the answer took. */
  milliseconds: number
  /** The answer, or what is wrong with it, for a person to read. */
  outcome: string
  /** Why the step failed; absent where it did not. */
  error?: IdentityError
}

/** How an identifier was resolved, or why it was not. */
export interface Explanation {
  identifier: string
  /** In the order in which they ended, but for the agreement, which is the last. */
  steps: readonly ExplainedStep[]
  /** What `resolve` gives. */
  identity?: Identity
  /** What `resolve` throws. */
  error?: IdentityError
}

/** @internal See `IdentityResolver.explain`. Whoever calls this resolves without a cache. */
export async function explain(
  identifier: string,
  resolve: (watch: Watch) => Promise<Identity>,
): Promise<Explanation> {
  const steps: ExplainedStep[] = []
  const answers: Promise<void>[] = []
  const watch: Watch = (step, source, answer) => {
    const start = performance.now()
    const end = (outcome: string, error?: IdentityError) => {
      const milliseconds = performance.now() - start
      steps.push({ step, source, milliseconds, outcome, ...(error && { error }) })
    }
    const show = (value: unknown) => end(typeof value === 'string' ? value : 'a DID document')
    const showError = (error: unknown) => end(String(error), error as IdentityError)
    answers.push(answer.then(show, showError))
  }
  const found = await resolve(watch).then(
    (identity) => ({ identity }),
    (error: unknown) => ({ error: error as IdentityError }),
  )
  // To their ends, also where the first would do.
  await Promise.all(answers)
  if ('identity' in found) {
    const { did, handle, didDocument } = found.identity
    const claims = JSON.stringify(didDocument.alsoKnownAs ?? []).slice(0, 200)
    const outcome = `${did} claims ${claims}: its handle is ${handle}`
    steps.push({ step: 'agreement', source: did, milliseconds: 0, outcome })
  }
  return { identifier, steps, ...found }
}
