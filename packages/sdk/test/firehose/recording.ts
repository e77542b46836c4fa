// What a relay has recorded: commits of some accounts, as frames.
import { concatBytes } from '../../src/base/index.ts'
import { generateKeypair } from '../../src/crypto/index.ts'
import type { Keypair } from '../../src/crypto/index.ts'
import { encodeCbor } from '../../src/data/index.ts'
import { RepoWriter } from '../../src/repo/index.ts'
import type { WrittenCommitEvent } from '../../src/repo/index.ts'

/** An account and its repository. */
export interface Account {
  did: string
  keypair: Keypair
  repo: RepoWriter
}

/** Accounts with some posts each. */
export async function createAccounts(count: number): Promise<Account[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const did = `did:web:account-${i}.example`
      const keypair = await generateKeypair('k256')
      const repo = await RepoWriter.create({ did, keypair })
      await repo.applyWrites(Array.from({ length: 50 }, (__, n) => write('post', `first-${n}`)))
      return { did, keypair, repo }
    }),
  )
}

/** Commits of the accounts in turn, of posts and likes in turn. */
export async function commits(
  accounts: readonly Account[],
  count: number,
): Promise<WrittenCommitEvent[]> {
  const events: WrittenCommitEvent[] = []
  for (let i = 0; i < count; i++) {
    const account = accounts[i % accounts.length]
    if (!account) break
    const collection = Math.floor(i / accounts.length) % 2 === 0 ? 'post' : 'like'
    const { event } = await account.repo.applyWrites([write(collection, `n-${i}`)])
    events.push(event)
  }
  return events
}

/** The frame of an event in its place. */
export function commitFrame(event: object, seq: number): Uint8Array<ArrayBuffer> {
  return frame({ op: 1, t: '#commit' }, { ...event, seq })
}

/** A frame of a header and a message, whose bytes may be `Uint8Array`. */
export function frame(header: object, message: object): Uint8Array<ArrayBuffer> {
  return concatBytes([encodeCbor(header), encodeCbor(message, { raw: true })])
}

function write(collection: string, rkey: string): Parameters<RepoWriter['applyWrites']>[0][number] {
  const record = { text: rkey, createdAt: '2026-01-01T00:00:00Z' }
  return { action: 'create', collection: `app.bsky.feed.${collection}`, rkey, record }
}
