// A firehose whose reader is killed while it reads.
import { on, once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { startProgram } from '../firehose/program.ts'
import { commitFrame, commits, createAccounts } from '../firehose/recording.ts'
import { Relay } from '../firehose/relay.ts'

test('a program that is killed again and again misses nothing', async () => {
  const KILLS = 20
  const COUNT = 4_000
  const events = await commits(await createAccounts(2), 100)
  const messages = Array.from({ length: COUNT }, (_, i) => ({
    seq: i + 1,
    data: commitFrame(events[i % events.length]!, i + 1),
  }))
  // As long as it is killed, it is given a little at a time.
  await using relay = await Relay.start((peer, index) =>
    peer.sendAll(index < KILLS ? messages.slice(0, (peer.cursor ?? 0) + 100) : messages),
  )
  const folder = await mkdtemp(join(tmpdir(), 'mirror-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const mirror = join(folder, 'mirror')
  const args = [relay.url, join(folder, 'cursor'), mirror, `${COUNT}`]
  for (let kill = 0; kill < KILLS; kill++) {
    const program = startProgram('mirroring', args)
    // In the middle of its work, or when there is a cursor to go on from.
    const awaited = kill % 2 === 0 ? 'taken' : 'saved'
    for await (const [message] of on(program, 'message')) if (message === awaited) break
    program.kill('SIGKILL')
    await once(program, 'exit')
  }
  const program = startProgram('mirroring', args)
  expect(await once(program, 'exit')).toEqual([0, null])
  const seqs = (await readFile(mirror, 'utf8')).trim().split('\n').map(Number)
  expect([...new Set(seqs)]).toEqual(messages.map(({ seq }) => seq))
  // It did not begin anew each time.
  expect(relay.cursors.at(-1)).toBeGreaterThan(0)
  expect(seqs.length).toBeLessThan(COUNT + KILLS * 100)
})
