import { CollectionFilter } from 'atproto.ts/firehose'
import { loadCommits } from '../corpus/frames.ts'
import type { Frame } from '../corpus/frames.ts'
import type { Row, Side } from '../harness/row.ts'
import { atcuteMessage, atcuteRecords } from './firehose-peers.ts'

const FRAMES = 400
/** Nobody in the recording has any of them. */
const WANTED = ['app.bsky.feed.generator', 'app.bsky.graph.list', 'app.bsky.labeler.*']

/** Frames of the firehose that a filter of collections leaves out. */
export const firehoseFilter: Row = {
  name: 'firehose-filter',
  title:
    'Commits that touch no collection that is wanted: how long it takes to find that out. With `@atcute/cbor` that takes the message at least, and in a program that looks at what it has read, everything.',
  cases() {
    const frames = loadCommits().live.slice(0, FRAMES)
    const filter = new CollectionFilter(WANTED)
    const isWanted = (path: string): boolean => filter.has(path.slice(0, path.indexOf('/')))
    const sides: [Side, ...Side[]] = [
      filtering('atproto.ts', frames, (frame) => filter.skip(frame)),
      filtering('@atcute/cbor, the message', frames, (frame) => {
        const { seq, ops } = atcuteMessage(frame)
        return ops.some(({ path }) => isWanted(path)) ? undefined : seq
      }),
      filtering('@atcute/cbor, @atcute/car, all', frames, (frame) => {
        const message = atcuteMessage(frame)
        const records = atcuteRecords(message)
        return records.some(([path]) => isWanted(path)) ? undefined : message.seq
      }),
    ]
    return [{ name: 'commits as people write', items: frames.length, sides }]
  },
}

/** A side that tells the places of the frames that it leaves out. */
function filtering(
  name: string,
  frames: readonly Frame[],
  skip: (frame: Frame) => number | undefined,
): Side {
  return {
    name,
    checks: 'nothing',
    run: () => frames.forEach(skip),
    result: () => frames.map(skip),
  }
}
