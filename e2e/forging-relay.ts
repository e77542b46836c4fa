// A relay before a PDS that does not leave events as they are.
import { Relay } from '../packages/sdk/test/firehose/relay.ts'
import { forgeFrame, type Forgery } from './forgery.ts'

/** A relay on this machine. */
export interface ForgingRelay extends AsyncDisposable {
  readonly url: string
}

/**
 * Passes the firehose of a PDS on, and forges commits that touch a record key. When it has sent one, it
 * ends the connection, so that whoever asks for that event again gets it again.
 */
export async function startForgingRelay(
  pds: string,
  rkey: string,
  forge: Forgery,
): Promise<ForgingRelay> {
  let hasForged = false
  return Relay.start((peer) => {
    const upstream = new WebSocket(pds.replace('http', 'ws') + peer.url)
    upstream.binaryType = 'arraybuffer'
    const pass = async (frame: Uint8Array): Promise<void> => {
      const forged = await forgeFrame(frame, rkey, forge)
      await peer.send(forged ?? frame)
      if (!forged || hasForged) return
      hasForged = true
      peer.socket.close()
    }
    let passed = Promise.resolve()
    upstream.addEventListener('message', ({ data }) => {
      passed = passed.then(async () => pass(new Uint8Array(data as ArrayBuffer)))
    })
    upstream.addEventListener('close', () => peer.socket.close())
    void peer.closed.then(() => upstream.close())
  })
}
