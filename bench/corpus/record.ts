// Records the corpus, once: writes seeded records into repositories of the reference PDS and reads
// these back as CAR files. Their DIDs and signatures are new each time, their records are the same.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNetwork } from '../../e2e/network.ts'
import type { Account, ReferencePds } from '../../e2e/network.ts'
import { setUpReferenceNetwork } from '../../e2e/setup.ts'
import { CORPUS_FOLDER } from './corpus.ts'
import { call, tid, uploadBlob } from './pds-calls.ts'
import { seededRandom } from './random.ts'
import { profile, recordWithTid } from './records.ts'
import type { Source } from './records.ts'

const SEED = 20_240_401
const ACCOUNTS = 40
/** Of the first account, whose repository is a large one; the others have few. */
const MANY_RECORDS = 4000
const FEW_RECORDS = 60
const WRITES_PER_CALL = 200
const BLOB_SIZES = [3000, 40_000, 250_000, 900_000]

if (!existsSync(CORPUS_FOLDER)) await recordCorpus()

async function recordCorpus(): Promise<void> {
  await setUpReferenceNetwork()
  console.error('Recording the corpus from the reference PDS, once.')
  const unfinished = `${CORPUS_FOLDER}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const network = await startNetwork()
  try {
    await recordRepos(network.pds, unfinished)
  } finally {
    await network.close()
  }
  renameSync(unfinished, CORPUS_FOLDER)
}

async function recordRepos(pds: ReferencePds, folder: string): Promise<void> {
  const random = seededRandom(SEED)
  for (let i = 0; i < ACCOUNTS; i++) {
    const account = await pds.createAccount()
    const blobs: unknown[] = []
    for (const size of BLOB_SIZES) {
      blobs.push(await uploadBlob(pds.url, account, random.bytes(size)))
    }
    const source: Source = { ...random, blob: () => random.pick(blobs) }
    await writeRecords(pds.url, account, source, i === 0 ? MANY_RECORDS : FEW_RECORDS)
    const file = join(folder, `${String(i).padStart(2, '0')}.car`)
    writeFileSync(file, await getRepo(pds.url, account))
  }
}

async function writeRecords(
  url: string,
  account: Account,
  source: Source,
  count: number,
): Promise<void> {
  const writes = Array.from({ length: count }, (_, i) => {
    const { collection, record } = i === 0 ? profile(source) : recordWithTid(source)
    const rkey = i === 0 ? 'self' : tid(i)
    return { $type: 'com.atproto.repo.applyWrites#create', collection, rkey, value: record }
  })
  for (let at = 0; at < count; at += WRITES_PER_CALL) {
    await call(url, account, 'com.atproto.repo.applyWrites', {
      repo: account.did,
      validate: false,
      writes: writes.slice(at, at + WRITES_PER_CALL),
    })
  }
}

async function getRepo(url: string, { did }: Account): Promise<Uint8Array> {
  const response = await fetch(`${url}/xrpc/com.atproto.sync.getRepo?did=${did}`)
  if (!response.ok) throw new Error(`getRepo: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}
