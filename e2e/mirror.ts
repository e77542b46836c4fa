// The mirror of examples/: how to start it, what it has in its database, and what it should have.
import { DatabaseSync } from 'node:sqlite'
import { ATProto } from 'atproto.ts'
import type { Account } from './network.ts'
import { Program } from './program.ts'

/** The collection that is mirrored. */
export const MIRRORED = 'com.example.note'

/** Starts a mirror of {@link MIRRORED} as it is on a PDS, or on what stands before it. */
export function startMirror(
  { pds, plcUrl }: { pds: { url: string }; plcUrl: string },
  database: string,
): Program {
  const place = ['--collection', MIRRORED, '--database', database]
  const network = ['--service', pds.url, '--plc', plcUrl, '--loopback']
  return new Program('mirror-collection', [...place, ...network])
}

/** A record, wherever it is kept. */
export interface MirroredRecord {
  uri: string
  cid: string
  /** Null where there is nothing that could be read. */
  value: object | null
}

/** The records in the database of a mirror, ordered by their URIs. */
export function readMirror(path: string): MirroredRecord[] {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const rows = database.prepare('SELECT uri, cid, value FROM records ORDER BY uri').all()
    return rows.map(({ uri, cid, value }) => ({
      uri: String(uri),
      cid: String(cid),
      value: JSON.parse(String(value)) as object | null,
    }))
  } finally {
    database.close()
  }
}

/** Makes a mirror that is stopped take the next events for the ones it was to get. */
export function loseEvents(path: string, count: number): void {
  const database = new DatabaseSync(path)
  database.prepare('UPDATE stream SET cursor = cursor + ?').run(count)
  database.close()
}

/** The records that a PDS lists of some accounts, ordered by their URIs. */
export async function listRecords(
  pds: string,
  dids: readonly Account['did'][],
): Promise<MirroredRecord[]> {
  const records = ATProto.anonymous({ service: pds }).collection(MIRRORED)
  const lists = dids.map(async (repo) => Array.fromAsync(records.list({ repo, limit: 100 })))
  return (await Promise.all(lists)).flat().toSorted((a, b) => (a.uri < b.uri ? -1 : 1))
}
