// Mirrors a firehose into a file, from where it stopped the last time, until a last event. It may be
// killed at any moment.
import { appendFileSync } from 'node:fs'

import { FileCursorStore, subscribeRepos } from '../../../src/firehose/index.ts'

const [service = '', cursor = '', mirror = '', last = ''] = process.argv.slice(2)
const file = new FileCursorStore(cursor)
const subscription = subscribeRepos({
  service,
  cursor: 0,
  cursorStore: {
    load: () => file.load(),
    async save(place) {
      await file.save(place)
      process.send?.('saved')
    },
  },
  saveInterval: 1,
})
let count = 0
for await (const event of subscription) {
  if (event.kind !== 'commit') continue
  appendFileSync(mirror, `${event.seq}\n`)
  if (++count % 20 === 0) process.send?.('taken')
  if (event.seq === Number(last)) break
}
// The channel alone would keep it alive.
process.disconnect()
