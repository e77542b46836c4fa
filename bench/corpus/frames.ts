// Recorded frames of a firehose as the rows take them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the recorded frames are kept. */
export const FRAMES_FOLDER: string = join(import.meta.dirname, '..', '.cache', 'frames')

/** What was recorded of a firehose. */
export interface RecordedFrames {
  /** The frames in their order. */
  frames: Uint8Array<ArrayBuffer>[]
  /** The signing keys of the accounts, as did:key, by DID. */
  keys: Record<string, string>
}

/** The name of the file with the keys in the folder; each other one is a frame. */
export const KEYS_FILE = 'keys.json'

/** Loads what `record-frames.ts` recorded. */
export function loadFrames(): RecordedFrames {
  const read = (name: string): Buffer => readFileSync(join(FRAMES_FOLDER, name))
  const names = readdirSync(FRAMES_FOLDER).filter((name) => name !== KEYS_FILE)
  return {
    frames: names.toSorted().map((name) => new Uint8Array(read(name))),
    keys: JSON.parse(read(KEYS_FILE).toString()) as Record<string, string>,
  }
}
