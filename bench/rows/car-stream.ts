import { fromStream } from '@atcute/car'
import { toString } from '@atcute/cid'
import { readCarStream } from '@atproto/repo'
import { CarBlockIterator } from '@ipld/car/iterator'
import { readCar } from 'atproto.ts/data'
import type { Corpus } from '../corpus/corpus.ts'
import type { Row, Side } from '../harness/row.ts'

const CHUNK_BYTES = 64 * 1024

type Visit = (cid: string, bytes: Uint8Array) => void
type Walk = (source: ReadableStream<Uint8Array>, visit: Visit) => Promise<void>

/** CAR files that arrive in chunks. */
export const carStream: Row = {
  name: 'car-stream',
  title: 'Every block of a repository that arrives in chunks of 64 KiB, with its CID as text.',
  cases({ repos }: Corpus) {
    const file = repos[0]!
    const items = [...readCar(file).blocks].length
    const sides: [Side, ...Side[]] = [
      walking('atproto.ts', 'every hash', file, async (source, visit) => {
        const { blocks } = await readCar(source)
        for await (const { cid, bytes } of blocks) visit(cid, bytes)
      }),
      walking('atproto.ts, unverified', 'no hash', file, async (source, visit) => {
        const { blocks } = await readCar(source, { verify: false })
        for await (const { cid, bytes } of blocks) visit(cid, bytes)
      }),
      walking('@atcute/car', 'no hash', file, async (source, visit) => {
        for await (const { cid, bytes } of fromStream(source)) visit(toString(cid), bytes)
      }),
      walking('@ipld/car', 'no hash', file, async (source, visit) => {
        const blocks = await CarBlockIterator.fromIterable(source)
        for await (const { cid, bytes } of blocks) visit(cid.toString(), bytes)
      }),
      walking('@atproto/repo', 'every hash', file, async (source, visit) => {
        const { blocks } = await readCarStream(source)
        for await (const { cid, bytes } of blocks) visit(cid.toString(), bytes)
      }),
    ]
    return [{ name: 'large repository', items, sides }]
  },
}

function walking(name: string, checks: string, file: Uint8Array, walk: Walk): Side {
  return {
    name,
    checks,
    async run() {
      let size = 0
      await walk(streamOf(file), (cid, bytes) => void (size += cid.length + bytes.length))
      return size
    },
    async result() {
      const blocks: [string, number][] = []
      await walk(streamOf(file), (cid, { length }) => blocks.push([cid, length]))
      return blocks
    },
  }
}

function streamOf(file: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= file.length) return controller.close()
      controller.enqueue(file.subarray(at, at + CHUNK_BYTES))
      at += CHUNK_BYTES
    },
  })
}
