import { fromUint8Array } from '@atcute/repo'
import { verifyRepoCar } from '@atproto/repo'
import { readRepo } from 'atproto.ts/repo'
import { seededRepo } from '../corpus/seeded-repo.ts'
import type { Case, Row, Side } from '../harness/row.ts'

type Visit = (collection: string, rkey: string) => void

interface Reader {
  library: string
  checks: string
  read: (file: Uint8Array, visit: Visit) => void | Promise<void>
}

/** Whole repositories. */
export const repoRead: Row = {
  name: 'repo-read',
  title:
    'The path of every record of a repository that is there as bytes. No record is decoded, and no signature verified.',
  cases: () => [
    readCase('1,000 records', 1_000, [readOurs, readAtcute, readReference]),
    { ...readCase('100,000 records', 100_000, [readOurs, readAtcute, readReference]), rounds: 5 },
  ],
}

const readOurs: Reader = {
  library: 'atproto.ts',
  checks: 'hashes, tree, completeness',
  async read(file, visit) {
    const { records } = await readRepo(file)
    for (const { collection, rkey } of records) visit(collection, rkey)
  },
}

const readAtcute: Reader = {
  library: '@atcute/repo',
  checks: 'nothing',
  read(file, visit) {
    for (const { collection, rkey } of fromUint8Array(file)) visit(collection, rkey)
  },
}

const readReference: Reader = {
  library: '@atproto/repo',
  checks: 'hashes, completeness',
  async read(file, visit) {
    const { creates } = await verifyRepoCar(file)
    for (const { collection, rkey } of creates) visit(collection, rkey)
  },
}

function readCase(name: string, items: number, readers: [Reader, ...Reader[]]): Case {
  const file = seededRepo(items)
  const side = ({ library, checks, read }: Reader): Side => ({
    name: library,
    checks,
    run() {
      let size = 0
      const done = read(file, (collection, rkey) => void (size += collection.length + rkey.length))
      return done ?? size
    },
    async result() {
      const paths: string[] = []
      await read(file, (collection, rkey) => void paths.push(`${collection}/${rkey}`))
      return paths.toSorted()
    },
  })
  const [ours, ...others] = readers
  return { name, items, sides: [side(ours), ...others.map(side)] }
}
