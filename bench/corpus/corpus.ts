// The corpus as the rows take it.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeCbor, encodeCbor, readCar } from 'atproto.ts/data'
import type { LexValue } from 'atproto.ts/data'
import { seededRandom } from './random.ts'
import { randomCid } from './records.ts'
import { thread } from './thread.ts'

/** Where the recorded repositories are kept, as CAR files. */
export const CORPUS_FOLDER: string = join(import.meta.dirname, '..', '.cache', 'corpus')

const THREADS = 4
const THREAD_REPLIES = 150

/** A value and its DAG-CBOR. */
export interface Sample {
  bytes: Uint8Array<ArrayBuffer>
  value: LexValue
}

/** What was recorded. */
export interface Corpus {
  /** The first letters of the hash of the recorded files. */
  hash: string
  /** The CAR files of the repositories, a large one first. */
  repos: Uint8Array<ArrayBuffer>[]
  /** Records by kind, the last part of their `$type`, and threads, which are views. */
  samples: Record<string, Sample[]>
}

/** Loads what `record.ts` recorded. */
export function loadCorpus(): Corpus {
  const files = readdirSync(CORPUS_FOLDER).toSorted()
  const repos = files.map((file) => new Uint8Array(readFileSync(join(CORPUS_FOLDER, file))))
  const hash = createHash('sha256')
  for (const repo of repos) hash.update(repo)
  return {
    hash: hash.digest('hex').slice(0, 12),
    repos,
    samples: { ...recordsOf(repos), thread: threads() },
  }
}

function recordsOf(repos: readonly Uint8Array[]): Record<string, Sample[]> {
  const samples: Record<string, Sample[]> = {}
  for (const repo of repos) {
    for (const { bytes } of readCar(repo).blocks) {
      const value = decodeCbor(bytes) as { $type?: string }
      // Commits and the nodes of trees have none.
      if (value.$type === undefined) continue
      const kind = value.$type.slice(value.$type.lastIndexOf('.') + 1)
      samples[kind] ??= []
      samples[kind].push({ bytes: new Uint8Array(bytes), value: plain(value) })
    }
  }
  return samples
}

function threads(): Sample[] {
  const random = seededRandom(7)
  const blob = (): unknown => ({
    $type: 'blob',
    ref: { $link: randomCid(random, 'raw') },
    mimeType: 'image/jpeg',
    size: 1 + random.below(900_000),
  })
  return Array.from({ length: THREADS }, () => {
    const value = plain(thread({ ...random, blob }, THREAD_REPLIES))
    return { bytes: new Uint8Array(encodeCbor(value)), value }
  })
}

/** As it comes out of `JSON.parse`: the form in which a program has records before it encodes them. */
function plain(value: unknown): LexValue {
  return JSON.parse(JSON.stringify(value)) as LexValue
}
