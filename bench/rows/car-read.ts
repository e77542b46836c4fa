import { fromUint8Array } from '@atcute/car'
import { toString } from '@atcute/cid'
import { decode } from '@atcute/cbor'
import { readCar as readCarOfReference } from '@atproto/repo'
import { CarBufferReader } from '@ipld/car/buffer-reader'
import { decodeCbor, readCar } from 'atproto.ts/data'
import type { Corpus } from '../corpus/corpus.ts'
import type { Case, Row, Side } from '../harness/row.ts'

type Visit = (cid: string, bytes: Uint8Array) => void
type Walk = (file: Uint8Array, visit: Visit) => void | Promise<void>

/** CAR files that are there as a whole. */
export const carRead: Row = {
  name: 'car-read',
  title:
    'Every block of a repository that is there as bytes, with its CID as text; then the same with every block decoded.',
  cases: ({ repos }: Corpus) => [
    walkCase('large repository', [repos[0]!]),
    walkCase('small repositories', repos.slice(1)),
    decodeCase('large repository, decoded', repos[0]!),
  ],
}

const walkOurs: Walk = (file, visit) => {
  for (const { cid, bytes } of readCar(file).blocks) visit(cid, bytes)
}

const walkOursUnverified: Walk = (file, visit) => {
  for (const { cid, bytes } of readCar(file, { verify: false }).blocks) visit(cid, bytes)
}

const walkAtcute: Walk = (file, visit) => {
  for (const { cid, bytes } of fromUint8Array(file)) visit(toString(cid), bytes)
}

const walkIpld: Walk = (file, visit) => {
  for (const { cid, bytes } of CarBufferReader.fromBytes(file).blocks())
    visit(cid.toString(), bytes)
}

const walkReference: Walk = async (file, visit) => {
  const { blocks } = await readCarOfReference(file)
  blocks.forEach((bytes, cid) => visit(cid.toString(), bytes))
}

function walkCase(name: string, files: readonly Uint8Array[]): Case {
  const side = (library: string, checks: string, walk: Walk): Side => ({
    name: library,
    checks,
    run() {
      let size = 0
      const visit: Visit = (cid, bytes) => void (size += cid.length + bytes.length)
      const pending = files.map((file) => walk(file, visit)).filter((done) => done !== undefined)
      return pending.length > 0 ? Promise.all(pending) : size
    },
    async result() {
      const blocks: [string, number][] = []
      for (const file of files) await walk(file, (cid, { length }) => blocks.push([cid, length]))
      return blocks.toSorted(([a], [b]) => (a < b ? -1 : 1))
    },
  })
  return {
    name,
    items: files.reduce((sum, file) => sum + [...readCar(file).blocks].length, 0),
    sides: [
      side('atproto.ts', 'every hash', walkOurs),
      side('atproto.ts, unverified', 'no hash', walkOursUnverified),
      side('@atcute/car', 'no hash', walkAtcute),
      side('@ipld/car', 'no hash', walkIpld),
      side('@atproto/repo', 'every hash', walkReference),
    ],
  }
}

function decodeCase(name: string, file: Uint8Array): Case {
  const side = (
    library: string,
    checks: string,
    walk: Walk,
    decodeBlock: (bytes: Uint8Array) => unknown,
  ): Side => ({
    name: library,
    checks,
    run: () => walk(file, (_cid, bytes) => void decodeBlock(bytes)),
    async result() {
      const values: unknown[] = []
      await walk(file, (_cid, bytes) => values.push(decodeBlock(bytes)))
      return JSON.parse(JSON.stringify(values)) as unknown
    },
  })
  return {
    name,
    items: [...readCar(file).blocks].length,
    sides: [
      side('atproto.ts', 'every hash', walkOurs, decodeCbor),
      side('@atcute/car, @atcute/cbor', 'no hash', walkAtcute, decode),
    ],
  }
}
