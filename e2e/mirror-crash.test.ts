// The mirror of examples/ is killed again and again while its accounts go on writing.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { Chance } from './chance.ts'
import { listRecords, readMirror, startMirror } from './mirror.ts'
import { NoteKeeper } from './note-keeper.ts'
import { Stage } from './stage.ts'

const KILLS = 20
const ACCOUNTS = 4
/** A program that is killed has printed up to so many lines, or none, and run on for up to so long. */
const MOST_LINES = 40
const LONGEST_WAIT = 50
const LONGEST_START = 600

test(
  `nothing is missing in a mirror that was killed ${KILLS} times, and nothing is in it that is gone`,
  { timeout: 300_000 },
  async () => {
    const chance = new Chance()
    console.log(`The seed is ${chance.seed}.`)
    const stage = await Stage.open()
    onTestFinished(async () => stage.close())
    const folder = await mkdtemp(join(tmpdir(), 'atproto-mirror-'))
    onTestFinished(async () => rm(folder, { recursive: true }))
    const database = join(folder, 'mirror.sqlite')
    const keepers: NoteKeeper[] = []
    for (let i = 0; i < ACCOUNTS; i++) keepers.push(new NoteKeeper(await stage.enter(), chance))

    const lines: string[] = []
    let isWriting = true
    const writeOn = async (keeper: NoteKeeper) => {
      while (isWriting) await keeper.write()
    }
    const writing = Promise.all(keepers.map(async (keeper) => writeOn(keeper)))
    for (let kill = 0; kill < KILLS; kill++) {
      await using program = startMirror(stage.network, database)
      // Most are killed at work, some before they have begun.
      if (chance.below(4) > 0) {
        await program.printed(1 + chance.below(MOST_LINES))
        await wait(chance.below(LONGEST_WAIT))
      } else {
        await wait(chance.below(LONGEST_START))
      }
      const outcome = await program.kill()
      expect(outcome).toMatchObject({ signal: 'SIGKILL', errors: '' })
      lines.push(...outcome.lines)
    }
    isWriting = false
    await writing

    const last = await Promise.all(keepers.map(async (keeper) => keeper.writeLast('the-end')))
    await using program = startMirror(stage.network, database)
    for (const uri of last) {
      const [, , did] = uri.split('/')
      await program.printed(new RegExp(`^(create ${uri}|read ${did}: .*)$`))
    }
    const outcome = await program.stop()
    expect(outcome).toMatchObject({ code: 0, errors: '' })
    lines.push(...outcome.lines)

    const dids = keepers.map(({ did }) => did)
    expect(readMirror(database)).toEqual(await listRecords(stage.pds.url, dids))
    // Nothing had to be made up for, either: each repository was read when it was met, and never again.
    const reads = lines.filter((line) => !/^(?:create|update|delete) /.test(line))
    const read = reads.map((line) => /^read (.*):/.exec(line)?.[1])
    expect(new Set(read).size, reads.join('\n')).toBe(read.length)
    expect(dids).toEqual(expect.arrayContaining(read))
    console.log(`${lines.length} lines told of changes.`)
  },
)
