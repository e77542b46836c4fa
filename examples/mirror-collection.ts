// Mirrors the records of one collection into SQLite, and goes on where it stopped:
//
//   node examples/mirror-collection.ts --collection com.whtwnd.blog.entry --database blogs.sqlite
//
// What an event does to the mirror and the cursor after it are written in one transaction. So an event
// takes effect exactly once, whenever the program is stopped, or the machine.
//
// A repository is mirrored from when something happens in the collection for the first time. It is read
// as a whole then, and again whenever an event does not follow the one before, or does not show all
// that happened.

import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { AtprotoError, ATProto } from 'atproto.ts'
import { subscribeRepos } from 'atproto.ts/firehose'
import type { AccountEvent, CommitEvent, CursorStore, RepoEvent } from 'atproto.ts/firehose'
import { IdentityResolver, PdsFinder } from 'atproto.ts/identity'
import { readRepo } from 'atproto.ts/repo'
import type { Did } from 'atproto.ts/syntax'

const { values } = parseArgs({
  options: {
    collection: { type: 'string', default: 'com.whtwnd.blog.entry' },
    database: { type: 'string', default: 'mirror.sqlite' },
    /** A relay, or a PDS for its accounts alone. */
    service: { type: 'string', default: 'bsky.network' },
    plc: { type: 'string', default: 'https://plc.directory' },
    /** For a network on this machine. */
    loopback: { type: 'boolean', default: false },
  },
})
const { collection } = values

const database = new DatabaseSync(values.database)
database.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS records (
    uri TEXT PRIMARY KEY, did TEXT NOT NULL, cid TEXT NOT NULL, value TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS records_by_did ON records (did);
  -- The rev is that of the last commit in the mirror. It is null where the mirror is not up to date.
  CREATE TABLE IF NOT EXISTS repos (
    did TEXT PRIMARY KEY, rev TEXT, active INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, cursor INTEGER NOT NULL) STRICT;
`)
const putRecord = database.prepare(`
  INSERT INTO records (uri, did, cid, value) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET cid = excluded.cid, value = excluded.value`)
const deleteRecord = database.prepare('DELETE FROM records WHERE uri = ?')
const deleteRecords = database.prepare('DELETE FROM records WHERE did = ?')
const getRepo = database.prepare('SELECT rev, active FROM repos WHERE did = ?')
const putRepo = database.prepare(`
  INSERT INTO repos (did, rev, active) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET rev = excluded.rev, active = excluded.active`)
const forgetRev = database.prepare('UPDATE repos SET rev = NULL WHERE did = ?')
const staleRepos = database.prepare('SELECT did FROM repos WHERE rev IS NULL AND active')
const loadCursor = database.prepare('SELECT cursor FROM stream')
const saveCursor = database.prepare('INSERT OR REPLACE INTO stream (id, cursor) VALUES (1, ?)')

/** Writes what an event changes, and says what that is. */
type Change = () => string[]

/** Repositories to be read, as something is missing of them. */
const incomplete = new Set<Did>(staleDids())

const identity = new IdentityResolver({ plcUrl: values.plc, allowLoopback: values.loopback })
const accounts = ATProto.anonymous({ service: 'auto', identity: new PdsFinder(identity) })
const cursorStore: CursorStore = {
  load: () => loadCursor.get()?.['cursor'] as number | undefined,
  save: (cursor) => void saveCursor.run(cursor),
}
// Without `collections`: each commit of a repository is needed to know that none is missing.
const events = subscribeRepos({
  service: values.service,
  cursor: 0,
  cursorStore,
  verify: 'full',
  identity,
  onError(error, { did }) {
    console.error(String(error))
    // What was refused is missing in the mirror.
    if (did && forgetRev.run(did).changes > 0) incomplete.add(did as Did)
  },
})
process.once('SIGINT', () => void events.close())

await readIncomplete()
for await (const event of events) {
  const change = await changeOf(event)
  write(() => {
    if ('seq' in event && event.seq !== undefined) saveCursor.run(event.seq)
    return change?.() ?? []
  })
  await readIncomplete()
}
database.close()

/** What an event changes. What it takes to find out is asked for here, before anything is written. */
async function changeOf(event: RepoEvent): Promise<Change | undefined> {
  switch (event.kind) {
    case 'commit':
      return commitChange(event)
    case 'sync': {
      const repo = repoOf(event.did)
      return repo?.active && event.rev > (repo.rev ?? '') ? readAnew(event.did) : undefined
    }
    case 'account':
      return accountChange(event)
    case 'info':
      // Events are lost, and nobody knows of which repositories.
      return event.name === 'OutdatedCursor' ? forgetRevs : undefined
    default:
      return undefined
  }
}

async function commitChange(event: CommitEvent): Promise<Change | undefined> {
  const { did, rev, since, ops, verification } = event
  const repo = repoOf(did)
  const wanted = ops.filter((op) => op.collection === collection)
  if (repo ? !repo.active || rev <= (repo.rev ?? '') : wanted.length === 0) return undefined
  const follows = since === (repo?.rev ?? null) && verification?.inversion === 'verified'
  if (!follows) return readAnew(did)
  return () => {
    for (const op of wanted) {
      if (op.cid) putRecord.run(op.uri, did, op.cid, valueOf(op))
      else deleteRecord.run(op.uri)
    }
    putRepo.run(did, rev, 1)
    return wanted.map(({ action, uri }) => `${action} ${uri}`)
  }
}

async function accountChange({ did, active, status }: AccountEvent): Promise<Change | undefined> {
  if (!repoOf(did)) return undefined
  if (active) return readAnew(did)
  return () => {
    deleteRecords.run(did)
    putRepo.run(did, null, 0)
    return [`removed ${did}: ${status}`]
  }
}

/** Reads a repository as a whole, in place of what is in the mirror. */
async function readAnew(did: Did): Promise<Change> {
  try {
    const signingKey = await identity.resolveKey(did)
    const { data } = await accounts.sync.getRepo({ did })
    const repo = await readRepo(data, { did, signingKey, collections: [collection] })
    const records = await Array.fromAsync(repo.records)
    return () => {
      deleteRecords.run(did)
      for (const found of records) putRecord.run(found.uri, did, found.cid, valueOf(found))
      putRepo.run(did, repo.commit.rev, 1)
      return [`read ${did}: ${records.length} records`]
    }
  } catch (error) {
    return () => {
      putRepo.run(did, null, 1)
      return [`left ${did} for later: ${String(error)}`]
    }
  }
}

/** All repositories have to be read anew. */
function forgetRevs(): string[] {
  database.exec('UPDATE repos SET rev = NULL')
  for (const did of staleDids()) incomplete.add(did)
  return ['events are lost']
}

async function readIncomplete(): Promise<void> {
  for (const did of incomplete) {
    incomplete.delete(did)
    write(await readAnew(did))
  }
}

/** Writes all of a change or, where that fails, nothing. */
function write(change: Change): void {
  let lines: string[]
  database.exec('BEGIN')
  try {
    lines = change()
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
  for (const line of lines) console.log(line)
}

/** A record as JSON. Of bytes that are none, which a repository may hold as well, there is nothing to keep. */
function valueOf(found: { readonly record: unknown }): string | null {
  try {
    return found.record ? JSON.stringify(found.record) : null
  } catch (error) {
    if (error instanceof AtprotoError) return null
    throw error
  }
}

function repoOf(did: string): { rev: string | null; active: number } | undefined {
  return getRepo.get(did) as ReturnType<typeof repoOf>
}

function staleDids(): Did[] {
  return staleRepos.all().map(({ did }) => did as Did)
}
