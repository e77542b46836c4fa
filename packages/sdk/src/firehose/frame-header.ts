// The header of a frame, by which the most frequent ones are known at a glance.

// The encoding of { t: '#commit', op: 1 }.
const COMMIT_HEADER = '\xa2\x61t\x67#commit\x62op\x01'

/** Where the message of a `#commit` frame begins. */
export const COMMIT_START: number = COMMIT_HEADER.length

/** Whether a frame has the header of a `#commit`. */
export function isCommitFrame(frame: Uint8Array): boolean {
  for (let i = COMMIT_START - 1; i >= 0; i--) {
    if (frame[i] !== COMMIT_HEADER.charCodeAt(i)) return false
  }
  return true
}
