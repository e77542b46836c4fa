// Splits many writes into as many as one commit takes.
import { MAX_WRITES } from './repo-calls.ts'

/**
 * Splits writes into parts that `applyWrites` takes. Each part is one commit, all or none; parts
 * before one that failed stay written, so note how far you came.
 *
 * @example
 * ```ts
 * for (const part of splitWrites(writes)) await atproto.repo.applyWrites({ writes: part })
 * ```
 */
export function* splitWrites<Write>(writes: readonly Write[]): Generator<Write[], void, undefined> {
  for (let start = 0; start < writes.length; start += MAX_WRITES) {
    yield writes.slice(start, start + MAX_WRITES)
  }
}
