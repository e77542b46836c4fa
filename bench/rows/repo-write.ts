import { blocksToCarFile, MemoryBlockstore, Repo, WriteOpAction } from '@atproto/repo'
import { generateKeypair } from 'atproto.ts/crypto'
import type { Keypair } from 'atproto.ts/crypto'
import { RepoWriter } from 'atproto.ts/repo'
import { DID, seededRecords } from '../corpus/seeded-repo.ts'
import type { Row, Side } from '../harness/row.ts'

const RECORDS = 10_000
const CHECKED = 20
const WRITES_AT_ONCE = 200

/** A record that is created. */
interface Creation {
  collection: string
  rkey: string
  record: { $type: string; text: string; createdAt: string }
}

/** Writes one record in a commit, with what its event holds, and gives the root of the tree. */
type Write = (creation: Creation) => Promise<string>

/** Commits of repositories. */
export const repoWrite: Row = {
  name: 'repo-write',
  title: `One new record in a repository of ${RECORDS.toLocaleString('en')}: the tree, the signed commit and the blocks of its event. All sign with the same key, on P-256 and by the platform, so that the signature weighs little.`,
  async cases() {
    const keypair = await generateKeypair('p256')
    const creations = newRecords()
    const before = creations.splice(0, RECORDS)
    const sides: [Side, ...Side[]] = [
      writing('atproto.ts', 'record keys, limits', creations, await ours(keypair, before)),
      writing('@atproto/repo', 'nothing', creations, await reference(keypair, before)),
    ]
    return [{ name: 'one record', items: 1, sides }]
  },
}

async function ours(keypair: Keypair, before: readonly Creation[]): Promise<Write> {
  const writer = await RepoWriter.create({ did: DID, keypair })
  for (let at = 0; at < before.length; at += WRITES_AT_ONCE) {
    const some = before.slice(at, at + WRITES_AT_ONCE)
    await writer.applyWrites(some.map((creation) => ({ action: 'create', ...creation })))
  }
  return async (creation) => {
    const { commit } = await writer.applyWrites([{ action: 'create', ...creation }])
    return commit.data
  }
}

async function reference(keypair: Keypair, before: readonly Creation[]): Promise<Write> {
  const signer = {
    jwtAlg: 'ES256',
    did: () => keypair.did,
    sign: async (bytes: Uint8Array) => new Uint8Array(await keypair.sign(bytes)),
  }
  const creation = (from: Creation) => ({ action: WriteOpAction.Create, ...from }) as const
  let repo = await Repo.create(new MemoryBlockstore(), DID, signer, before.map(creation))
  return async (from) => {
    const commit = await repo.formatCommit(creation(from), signer)
    await blocksToCarFile(commit.cid, commit.relevantBlocks)
    repo = await repo.applyCommit(commit)
    return repo.commit.data.toString()
  }
}

/** Records of their own places, in no order: those of the repository, and more than are written. */
function newRecords(): Creation[] {
  return seededRecords(4 * RECORDS).map(([path]) => {
    const [collection = '', rkey = ''] = path.split('/')
    const record = {
      $type: collection,
      text: `A text of some length, as people write it, in ${rkey}`,
      createdAt: '2026-01-01T00:00:00.000Z',
    }
    return { collection, rkey, record }
  })
}

function writing(name: string, checks: string, creations: readonly Creation[], write: Write): Side {
  let next = 0
  return {
    name,
    checks,
    run: () => write(creations[next++]!),
    async result() {
      const roots: string[] = []
      while (roots.length < CHECKED) roots.push(await write(creations[next++]!))
      return roots
    },
  }
}
