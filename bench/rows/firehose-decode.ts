import { decodeFrame } from 'atproto.ts/firehose'
import { loadCommits } from '../corpus/frames.ts'
import type { Frame } from '../corpus/frames.ts'
import type { Case, Row, Side } from '../harness/row.ts'
import {
  atcuteMessage,
  atcuteRecords,
  skywareRecords,
  syncJson,
  syncReader,
} from './firehose-peers.ts'
import type { Read } from './firehose-peers.ts'

const LIVE_FRAMES = 400
const IMPORTS = 4

/** Frames of the firehose with every record decoded, and nothing verified. */
export const firehoseDecode: Row = {
  name: 'firehose-decode',
  title:
    'Commits from the firehose of the reference PDS, whose repositories have up to 6,000 records: from the bytes of the frame to every record that was created or updated. Nothing is verified.',
  cases() {
    const { live, imports } = loadCommits()
    return [
      decoding('commits as people write', live.slice(0, LIVE_FRAMES)),
      decoding('imports of 200 records', imports.slice(0, IMPORTS)),
    ]
  },
}

function decoding(name: string, frames: readonly Frame[]): Case {
  const sides: [Side, ...Side[]] = [
    reading('atproto.ts', 'nothing', frames, ourRecords),
    ...readingByPeers(frames),
  ]
  return { name, items: frames.length, sides }
}

/** Our side: nothing is verified. */
export function ourRecords(frame: Frame): Read[] {
  const event = decodeFrame(frame)
  const records: Read[] = []
  if (event.kind !== 'commit') return records
  for (const { path, record } of event.ops) if (record) records.push([path, record])
  return records
}

/** The sides of the peers that verify no signature. */
export function readingByPeers(frames: readonly Frame[]): Side[] {
  return [
    reading('@atcute/cbor, @atcute/car', 'nothing', frames, (frame) =>
      atcuteRecords(atcuteMessage(frame)),
    ),
    reading('@skyware/firehose', 'nothing', frames, skywareRecords),
    reading('@atproto/sync, unauthenticated', 'form, hashes', frames, syncReader(), syncJson),
  ]
}

/** A side that reads one frame after the other. */
export function reading(
  name: string,
  checks: string,
  frames: readonly Frame[],
  read: (frame: Frame) => Read[] | Promise<Read[]>,
  toJson: (record: unknown) => unknown = (record) => record,
): Side {
  return {
    name,
    checks,
    async run() {
      for (const frame of frames) {
        const records = read(frame)
        if (records instanceof Promise) await records
      }
    },
    async result() {
      const all: Read[] = []
      for (const frame of frames) all.push(...(await read(frame)))
      return JSON.parse(
        JSON.stringify(all.map(([path, record]) => [path, toJson(record)])),
      ) as unknown
    },
  }
}
