import { hash } from 'node:crypto'
import { generateKeypair, verifySignature } from 'atproto.ts/crypto'
import type { Keypair } from 'atproto.ts/crypto'
import { readCar } from 'atproto.ts/data'
import { checkCommitEvent, RepoWriter, verifyCommitEvent } from 'atproto.ts/repo'
import type { CommitEvent, RepoWrite, VerifyCommitEventOptions } from 'atproto.ts/repo'
import { DID, seededRecords } from '../corpus/seeded-repo.ts'
import type { Case, Row, Side } from '../harness/row.ts'

const RECORDS = 3_000
const WRITES_AT_ONCE = 200
const EVENTS = 50

/** A `#commit` event as a server sends it. */
type Event = CommitEvent & { blocks: Uint8Array }

/** The events of commits. */
export const commitVerify: Row = {
  name: 'commit-verify',
  title: `Commit events of one new record each, in a repository of ${RECORDS.toLocaleString('en')}. No other library checks them the way Sync 1.1 asks, so they are compared with what they cannot do without: the hashes of their blocks, and the verification of their signatures.`,
  async cases() {
    const keypair = await generateKeypair('k256')
    const events = await recordedEvents(keypair)
    return [contentCase(events), signedCase(events, keypair)]
  },
}

/** Events that add a record each to a repository that has many. */
async function recordedEvents(keypair: Keypair): Promise<Event[]> {
  const writes = seededRecords(RECORDS + EVENTS).map(([path, record]): RepoWrite => {
    const [collection = '', rkey = ''] = path.split('/')
    return { action: 'create', collection, rkey, record }
  })
  const writer = await RepoWriter.create({ did: DID, keypair })
  while (writes.length > EVENTS) {
    await writer.applyWrites(writes.splice(0, Math.min(WRITES_AT_ONCE, writes.length - EVENTS)))
  }
  const events: Event[] = []
  for (const write of writes) events.push((await writer.applyWrites([write])).event)
  return events
}

function contentCase(events: readonly Event[]): Case {
  const blocks = events.flatMap((event) => [...readCar(event.blocks).blocks])
  return {
    name: 'content',
    items: events.length,
    sides: [
      checking('hashes, tree, operations, inversion', events),
      {
        name: 'node:crypto',
        checks: 'hashes alone',
        run: () => blocks.forEach(({ bytes }) => hash('sha256', bytes, 'binary')),
        result: () => events.length,
      },
    ],
  }
}

function signedCase(events: readonly Event[], keypair: Keypair): Case {
  const bytes = new Uint8Array(200).fill(7)
  const signature = keypair.sign(bytes)
  return {
    name: 'with the signature (secp256k1)',
    items: events.length,
    sides: [
      verifying('the same, and the signature', events, { signingKey: keypair.did }),
      {
        name: 'atproto.ts, verifySignature',
        checks: 'a signature alone',
        async run() {
          const signed = await signature
          for (const _ of events) await verifySignature(keypair.did, bytes, signed)
        },
        result: () => events.length,
      },
    ],
  }
}

function checking(checks: string, events: readonly Event[]): Side {
  return {
    name: 'atproto.ts',
    checks,
    run: () => events.forEach((event) => checkCommitEvent(event)),
    result: () => events.filter((event) => checkCommitEvent(event).inversion === 'verified').length,
  }
}

function verifying(
  checks: string,
  events: readonly Event[],
  options: VerifyCommitEventOptions,
): Side {
  return {
    name: 'atproto.ts',
    checks,
    async run() {
      for (const event of events) await verifyCommitEvent(event, options)
    },
    async result() {
      const results = await Promise.all(events.map((event) => verifyCommitEvent(event, options)))
      return results.filter(({ signature }) => signature === 'verified').length
    },
  }
}
