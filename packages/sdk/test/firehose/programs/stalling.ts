// Reads a firehose as slowly as it can, and tells by how much its memory has grown at most.
import { setImmediate as turn } from 'node:timers/promises'
import { WebSocket as PackageWebSocket } from 'ws'

import { subscribeRepos } from '../../../src/firehose/index.ts'

const [service = '', implementation = '', maxQueueBytes = ''] = process.argv.slice(2)
const WARM_UP = 1_000
const END = 6_000

const subscription = subscribeRepos({
  service,
  cursor: 0,
  maxQueueBytes: Number(maxQueueBytes),
  reconnect: { min: 1, max: 1 },
  ...(implementation === 'ws' && { WebSocket: PackageWebSocket }),
})
let before = 0
let growth = 0
let count = 0
let isDue = false
for await (const event of subscription) {
  count++
  if (event.kind !== 'commit' || event.seq !== count) throw new Error(`${count} is ${event.kind}`)
  if (count === WARM_UP) before = await memory()
  if (count > WARM_UP && count % 1_000 === 0) isDue = true
  const { pauses, queue } = subscription.stats
  // One that is full already, or was and is not half empty yet, is not filled while nobody reads.
  if (isDue && queue.bytes <= Number(maxQueueBytes) / 2 && count < END) {
    isDue = false
    // It reads nothing until the queue is full.
    while (subscription.stats.pauses === pauses) await turn()
    growth = Math.max(growth, (await memory()) - before)
  }
  if (count === END) break
}
process.send?.({ growth, pauses: subscription.stats.pauses })

/** What is in use, in bytes, buffers included. */
async function memory(): Promise<number> {
  // What was let go by a callback is collected in a later turn.
  for (let turns = 0; turns < 3; turns++) {
    globalThis.gc?.()
    await turn()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
