// The events of a PDS as they come off the wire.
import { decodeCborFirst } from 'atproto.ts/data'
import type { CommitEvent, SyncEvent } from 'atproto.ts/repo'

/** An event about the state of a repository, with links and bytes as they are in CBOR. */
export type RepoStateEvent =
  | { kind: '#commit'; event: CommitEvent }
  | { kind: '#sync'; event: SyncEvent }

/** Collects the `#commit` and `#sync` events of an account, from the first one up to a revision. */
export async function collectEvents(
  pds: string,
  did: string,
  lastRev: string,
): Promise<RepoStateEvent[]> {
  const url = `${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  const events: RepoStateEvent[] = []
  try {
    return await new Promise<RepoStateEvent[]>((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('The stream ended with an error.')))
      socket.addEventListener('close', () => reject(new Error('The stream ended too early.')))
      socket.addEventListener('message', ({ data }) => {
        const frame = readFrame(new Uint8Array(data as ArrayBuffer), did)
        if (!frame) return
        events.push(frame)
        if (frame.event.rev === lastRev) resolve(events)
      })
    })
  } finally {
    socket.close()
  }
}

function readFrame(frame: Uint8Array, did: string): RepoStateEvent | undefined {
  const [header, rest] = decodeCborFirst(frame, { raw: true })
  const [event] = decodeCborFirst(rest, { raw: true })
  const { t } = header as { t?: string }
  const { repo, did: subject } = event as { repo?: string; did?: string }
  if ((repo ?? subject) !== did || (t !== '#commit' && t !== '#sync')) return undefined
  return { kind: t, event } as unknown as RepoStateEvent
}
