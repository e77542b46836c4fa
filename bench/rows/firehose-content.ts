import { hash } from 'node:crypto'
import { decodeCbor, readCar } from 'atproto.ts/data'
import { decodeFrame, EventVerifier } from 'atproto.ts/firehose'
import { loadCommits } from '../corpus/frames.ts'
import type { Frame } from '../corpus/frames.ts'
import type { Case, Row, Side } from '../harness/row.ts'
import { ourRecords, reading, readingByPeers } from './firehose-decode.ts'
import type { Read } from './firehose-peers.ts'

const LIVE_FRAMES = 400
const IMPORTS = 4

/** Frames of the firehose with their content verified, and every record decoded. */
export const firehoseContent: Row = {
  name: 'firehose-content',
  title:
    'The same frames, from the bytes to every record, with the content verified: the hashes of all blocks, the operations against the tree, and that they are all that happened. No other library checks that.',
  cases() {
    const { live, imports } = loadCommits()
    return [
      verifying('commits as people write', live.slice(0, LIVE_FRAMES)),
      verifying('imports of 200 records', imports.slice(0, IMPORTS)),
    ]
  },
}

function verifying(name: string, frames: readonly Frame[]): Case {
  const verifier = new EventVerifier({ verify: 'content' })
  const read = (frame: Frame): Read[] => {
    const event = verifier.check(decodeFrame(frame))
    const records: Read[] = []
    if (event instanceof Promise || event.kind !== 'commit') return records
    for (const { path, record } of event.ops) if (record) records.push([path, record])
    return records
  }
  const sides: [Side, ...Side[]] = [
    reading('atproto.ts', 'hashes, tree, operations, inversion', frames, read),
    leastSide(frames),
    ...readingByPeers(frames),
  ]
  return { name, items: frames.length, sides }
}

/**
 * What no way of verifying can do without: to decode the records, and to hash each block, and each node
 * of the tree once more as it was before.
 */
function leastSide(frames: readonly Frame[]): Side {
  const hashed = new Map(frames.map((frame) => [frame, blocksToHash(frame)]))
  return reading(
    'atproto.ts, unverified, and node:crypto',
    'nothing; hashes as often as it takes',
    frames,
    (frame) => {
      for (const bytes of hashed.get(frame)!) hash('sha256', bytes, 'binary')
      return ourRecords(frame)
    },
  )
}

function blocksToHash(frame: Frame): Uint8Array[] {
  const event = decodeFrame(frame)
  if (event.kind !== 'commit') return []
  const blocks = [...readCar(event.blocks).blocks].map(({ bytes }) => bytes)
  return [...blocks, ...blocks.filter(isNode)]
}

/** Nodes have entries, and nothing else of a repository has a field of that name. */
function isNode(block: Uint8Array): boolean {
  return 'e' in Object(decodeCbor(block))
}
