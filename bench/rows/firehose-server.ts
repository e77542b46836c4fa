// A relay with the recorded commits, in a process of its own: gives every peer all of them, as fast as
// it takes them. Tells its port to the parent, and ends with it.

import type { AddressInfo } from 'node:net'
import { decodeFrame } from 'atproto.ts/firehose'
import { WebSocketServer } from 'ws'
import { loadCommits } from '../corpus/frames.ts'

const frames = loadCommits()
  .live.map((frame) => ({ frame, event: decodeFrame(frame) }))
  .flatMap(({ frame, event }) => (event.kind === 'commit' ? [{ frame, seq: event.seq }] : []))
  .toSorted((a, b) => a.seq - b.seq)
  .map(({ frame }) => frame)

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('connection', (socket) => {
  let next = 0
  const send = (): void => {
    while (socket.bufferedAmount < 2 ** 20) {
      const frame = frames[next++]
      if (!frame) return
      socket.send(frame)
    }
    setImmediate(send)
  }
  socket.on('error', () => undefined)
  send()
})
server.on('listening', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
