// Subscribes, takes an event, and closes in one of several ways. Then there is nothing left to do.
import { WebSocket as PackageWebSocket } from 'ws'

import { subscribeRepos } from '../../../src/firehose/index.ts'

const [service = '', implementation = '', way = ''] = process.argv.slice(2)
const stop = new AbortController()
const subscription = subscribeRepos({
  service,
  signal: stop.signal,
  onStats: () => undefined,
  onError: () => way === 'waiting' && stop.abort(),
  reconnect: { min: 2 ** 30, max: 2 ** 30 },
  cursorStore: { load: () => undefined, save: () => undefined },
  saveInterval: 2 ** 30,
  ...(implementation === 'ws' && { WebSocket: PackageWebSocket }),
})
for await (const event of subscription) {
  if (way === 'break') break
  if (way === 'close') await subscription.close()
  if (way === 'signal') stop.abort()
  if (event.kind === 'tombstone') throw new Error('The service has none')
}
process.send?.(way)
