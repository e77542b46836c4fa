// Recorded frames of a firehose as the rows take them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFrame } from 'atproto.ts/firehose'
import { seededRandom } from './random.ts'

/** Where the recorded frames are kept. */
export const FRAMES_FOLDER: string = join(import.meta.dirname, '..', '.cache', 'frames')
/** The name of the file with the keys in the folder. Each other one is a frame. */
export const KEYS_FILE = 'keys.json'

/** Commits of more operations are imports. */
const MAX_LIVE_OPS = 20

export type Frame = Uint8Array<ArrayBuffer>

/** The commits in what was recorded of a firehose. */
export interface RecordedCommits {
  /** As they come when people write, one record at a time or a few. */
  live: Frame[]
  /** Of up to 200 records at a time. */
  imports: Frame[]
  /** The signing keys of the accounts, as did:key, by DID. */
  keys: Readonly<Record<string, string>>
}

/** Loads what `record-frames.ts` recorded: the commits, in an order of chance, but always the same. */
export function loadCommits(): RecordedCommits {
  const random = seededRandom(1)
  const names = readdirSync(FRAMES_FOLDER).filter((name) => name !== KEYS_FILE)
  const frames = names
    .toSorted()
    .map((name) => new Uint8Array(readFileSync(join(FRAMES_FOLDER, name))))
    .map((frame) => ({ frame, rank: random.next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ frame }) => frame)
  return {
    live: frames.filter((frame) => opsOf(frame) > 0 && opsOf(frame) <= MAX_LIVE_OPS),
    imports: frames.filter((frame) => opsOf(frame) > MAX_LIVE_OPS),
    keys: JSON.parse(
      readFileSync(join(FRAMES_FOLDER, KEYS_FILE), 'utf8'),
    ) as RecordedCommits['keys'],
  }
}

/** How many operations a frame has. */
function opsOf(frame: Frame): number {
  const event = decodeFrame(frame)
  return event.kind === 'commit' ? event.ops.length : 0
}
