// What a subscription does to the process that it is in.
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'

import { runProgram } from '../../test/firehose/program.ts'
import { commitFrame, commits, createAccounts } from '../../test/firehose/recording.ts'
import { Relay } from '../../test/firehose/relay.ts'

const QUEUE = 2 ** 20
const MEGABYTE = 2 ** 20

// A process takes its time to start on a machine that does other things as well.
describe.each(['the platform', 'ws'])(
  'with the WebSocket of %s',
  { timeout: 120_000 },
  (implementation) => {
    test.each(['break', 'close', 'signal'])('after %s the process ends by itself', async (way) => {
      const [event] = await commits(await createAccounts(1), 1)
      await using relay = await Relay.start(async (peer) => {
        await peer.send(commitFrame(event!, 1))
        // It does not even answer the farewell, which the platform would wait for.
        if (implementation === 'ws') peer.socket.pause()
      })
      expect(await runProgram('closing', [relay.url, implementation, way])).toBe(way)
    })

    test('closed while it waits to connect again, the process ends by itself', async () => {
      await using relay = await Relay.start((peer) => peer.socket.close())
      expect(await runProgram('closing', [relay.url, implementation, 'waiting'])).toBe('waiting')
    })

    test('a program that does not keep up takes no more memory than the queue may hold', async () => {
      const events = await commits(await createAccounts(4), 200)
      let sent = 0
      await using relay = await Relay.start(async (peer) => {
        // All that the system takes.
        for (let seq = (peer.cursor ?? 0) + 1; ; seq++) {
          const frame = commitFrame(events[seq % events.length]!, seq)
          if (!(await peer.send(frame))) return
          sent += frame.length
          // Or else a client that reads as fast would never be heard, as when it says farewell.
          if (seq % 100 === 0) await turn()
        }
      })
      const told = await runProgram('stalling', [relay.url, implementation, `${QUEUE}`])
      const { growth, pauses } = told as { growth: number; pauses: number }
      expect(pauses).toBeGreaterThanOrEqual(3)
      expect(sent).toBeGreaterThan(8 * QUEUE)
      expect(growth).toBeLessThan(QUEUE + 32 * MEGABYTE)
    })
  },
)
