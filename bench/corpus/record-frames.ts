// Records the firehose of the reference PDS, once: seeded writes to repositories of several sizes, in
// about the proportions of the network. Their DIDs and signatures are new each time.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNetwork } from '../../e2e/network.ts'
import type { Account, ReferenceNetwork } from '../../e2e/network.ts'
import { setUpReferenceNetwork } from '../../e2e/setup.ts'
import { FRAMES_FOLDER, KEYS_FILE } from './frames.ts'
import { call, tid, uploadBlob } from './pds-calls.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import { profile, recordWithTid } from './records.ts'
import type { Source } from './records.ts'

const SEED = 20_240_601
/** How many records each account has before it goes on one by one. */
const REPO_SIZES = [6000, 3000, 3000, 1000, 1000, 1000, 300, 300, 300, 100, 100, 20]
const WRITES_PER_CALL = 200
const STEPS = 2500
const BLOB_SIZES = [3000, 40_000, 250_000, 900_000]
const QUIET_MS = 2000
const ALBUM = 'com.example.album'
const PROFILE = 'app.bsky.actor.profile'

/** An account that writes. */
interface Writer {
  account: Account
  source: Source
  /** The paths of its records. */
  paths: [collection: string, rkey: string][]
  /** How many record keys it has used. */
  used: number
}

if (!existsSync(FRAMES_FOLDER)) await recordFrames()

async function recordFrames(): Promise<void> {
  await setUpReferenceNetwork()
  console.error('Recording the firehose of the reference PDS, once: a few minutes.')
  const unfinished = `${FRAMES_FOLDER}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const network = await startNetwork()
  try {
    const random = seededRandom(SEED)
    const writers: Writer[] = []
    for (const size of REPO_SIZES) writers.push(await startWriter(network, random, size))
    for (let step = 0; step < STEPS; step++) await writeOnce(network.pds.url, random.pick(writers))
    await changeAccounts(network.pds.url, writers)
    await network.pds.settle()
    await saveFrames(network.pds.url, unfinished)
    await saveKeys(network.plcUrl, unfinished, writers)
  } finally {
    await network.close()
  }
  renameSync(unfinished, FRAMES_FOLDER)
}

async function startWriter(
  { pds }: ReferenceNetwork,
  random: Random,
  size: number,
): Promise<Writer> {
  const account = await pds.createAccount()
  const blobs: unknown[] = []
  for (const length of BLOB_SIZES) {
    blobs.push(await uploadBlob(pds.url, account, random.bytes(length)))
  }
  const source: Source = { ...random, blob: () => random.pick(blobs) }
  const writer: Writer = { account, source, paths: [], used: 0 }
  await applyWrites(pds.url, writer, [
    { action: 'create', collection: PROFILE, rkey: 'self', value: profile(source).record },
    // Files that no record refers to any more are deleted.
    { action: 'create', collection: ALBUM, rkey: 'self', value: { $type: ALBUM, blobs } },
  ])
  for (let left = size; left > 0; left -= WRITES_PER_CALL) {
    const count = Math.min(left, WRITES_PER_CALL)
    await applyWrites(
      pds.url,
      writer,
      Array.from({ length: count }, () => creation(writer)),
    )
  }
  return writer
}

/** One commit: nearly always of a new record. */
async function writeOnce(url: string, writer: Writer): Promise<void> {
  const { source, paths } = writer
  const kind = source.next()
  if (kind < 0.86) return applyWrites(url, writer, [creation(writer)])
  if (kind < 0.93 && paths.length > 0) {
    const [[collection, rkey]] = paths.splice(source.below(paths.length), 1) as [[string, string]]
    return applyWrites(url, writer, [{ action: 'delete', collection, rkey }])
  }
  if (kind < 0.96) {
    const value = profile(source).record
    return applyWrites(url, writer, [
      { action: 'update', collection: PROFILE, rkey: 'self', value },
    ])
  }
  const count = 2 + source.below(9)
  return applyWrites(
    url,
    writer,
    Array.from({ length: count }, () => creation(writer)),
  )
}

interface Write {
  action: 'create' | 'update' | 'delete'
  collection: string
  rkey: string
  value?: Record<string, unknown>
}

function creation(writer: Writer): Write {
  const { collection, record } = recordWithTid(writer.source)
  const rkey = tid(++writer.used)
  writer.paths.push([collection, rkey])
  return { action: 'create', collection, rkey, value: record }
}

async function applyWrites(
  url: string,
  { account }: Writer,
  writes: readonly Write[],
): Promise<void> {
  await call(url, account, 'com.atproto.repo.applyWrites', {
    repo: account.did,
    validate: false,
    writes: writes.map(({ action, ...write }) => ({
      $type: `com.atproto.repo.applyWrites#${action}`,
      ...write,
    })),
  })
}

/** Events that are not about records. */
async function changeAccounts(url: string, writers: readonly Writer[]): Promise<void> {
  for (const [i, { account }] of writers.entries()) {
    const handle = `renamed${i}.test`
    await call(url, account, 'com.atproto.identity.updateHandle', { handle })
    await call(url, account, 'com.atproto.server.deactivateAccount', {})
    await call(url, account, 'com.atproto.server.activateAccount')
  }
}

/** Reads the stream from its beginning, until nothing more comes. */
async function saveFrames(url: string, folder: string): Promise<void> {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`,
  )
  socket.binaryType = 'arraybuffer'
  let frames = 0
  await new Promise<void>((resolve, reject) => {
    let quiet: NodeJS.Timeout
    socket.addEventListener('error', () => reject(new Error('The stream ended with an error')))
    socket.addEventListener('message', ({ data }) => {
      clearTimeout(quiet)
      quiet = setTimeout(resolve, QUIET_MS)
      const name = `${String(frames++).padStart(6, '0')}.bin`
      writeFileSync(join(folder, name), new Uint8Array(data as ArrayBuffer))
    })
  })
  socket.close()
}

/** The key of each account, from the directory. */
async function saveKeys(plcUrl: string, folder: string, writers: readonly Writer[]): Promise<void> {
  const keys: Record<string, string> = {}
  for (const { account } of writers) {
    const response = await fetch(`${plcUrl}/${account.did}/data`)
    if (!response.ok) throw new Error(`${account.did}: ${response.status}`)
    const { verificationMethods } = (await response.json()) as {
      verificationMethods: { atproto: string }
    }
    keys[account.did] = verificationMethods.atproto
  }
  writeFileSync(join(folder, KEYS_FILE), JSON.stringify(keys))
}
