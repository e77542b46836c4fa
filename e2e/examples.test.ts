// The programs of examples/, against the reference PDS.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordOf } from 'atproto.ts'
import { encodeCbor } from 'atproto.ts/data'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Relay } from '../packages/sdk/test/firehose/relay.ts'
import { json, Loopback } from '../packages/sdk/test/loopback.ts'
import { replaceRecord } from './forgery.ts'
import { startForgingRelay } from './forging-relay.ts'
import { createHostileAccount } from './hostile-account.ts'
import { listRecords, loseEvents, MIRRORED, readMirror, startMirror } from './mirror.ts'
import { Program } from './program.ts'
import { post } from './scenarios/scenario.ts'
import { Stage, type Actor } from './stage.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  stage = await Stage.open()
  folder = await mkdtemp(join(tmpdir(), 'atproto-examples-'))
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

const postsOf = ({ atproto }: Actor) => atproto.collection('app.bsky.feed.post')
const notesOf = ({ atproto }: Actor) => atproto.collection(MIRRORED)

test('posts are counted by language, and what is no post is not', async () => {
  const actor = await stage.enter()
  for (const langs of [['pt-BR'], ['pt', 'en'], ['en', 'en-GB'], undefined, []]) {
    await postsOf(actor).create({ ...post('Olá'), ...(langs && { langs }) })
  }
  await actor.atproto.repo.createRecord({
    collection: 'app.bsky.feed.post',
    record: { $type: 'app.bsky.feed.post', langs: 'xx' },
    validate: false,
  })
  await postsOf(actor).create({ ...post('Hallo'), langs: ['de'] })

  const args = ['--service', stage.pds.url, '--cursor', '0', '--posts', '6']
  await using program = new Program('count-languages', args)
  const { code, lines, errors } = await program.ended
  expect(errors).toBe('')
  expect(code).toBe(0)
  expect(lines.map((line) => line.trim())).toEqual(['2 pt', '2 en', '2 not said', '1 de'])
})

test('a bot answers each mention once, in its thread, whenever it is stopped', async () => {
  const [bot, friend] = [await stage.enter(), await stage.enter()]
  const cursor = join(folder, 'mention-bot.cursor')
  await writeFile(cursor, '0')
  const start = () =>
    new Program('mention-bot', ['--relay', stage.pds.url, '--cursor', cursor], {
      ATPROTO_SERVICE: stage.pds.url,
      ATPROTO_IDENTIFIER: bot.account.handle,
      ATPROTO_PASSWORD: bot.account.password,
    })
  const mention = (author: Actor, reply?: { root: Reference; parent: Reference }) =>
    write(author, {
      ...post(`@${bot.account.handle} hello`),
      facets: [
        {
          index: { byteStart: 0, byteEnd: bot.account.handle.length + 1 },
          features: [{ $type: 'app.bsky.richtext.facet#mention', did: bot.account.did }],
        },
      ],
      ...(reply && { reply }),
    })
  const answers = async () => {
    const records = await Array.fromAsync(postsOf(bot).list())
    return records.flatMap(({ value: { reply } }) => reply ?? []).toReversed()
  }

  await mention(bot)
  const root = await write(friend, post('What a day'))
  const first = await mention(friend)
  const second = await mention(friend, { root, parent: root })
  const expected = [
    { root: first, parent: first },
    { root, parent: second },
  ]
  {
    await using program = start()
    await program.printed(3)
    expect(await answers()).toEqual(expected)
    expect(await program.kill()).toMatchObject({ errors: '' })
  }

  // Killed before its cursor was saved, it reads the same mentions again.
  await writeFile(cursor, '0')
  const third = await mention(friend)
  await using program = start()
  await program.printed(2)
  expect(await answers()).toEqual([...expected, { root: third, parent: third }])
  expect(await program.stop()).toMatchObject({ code: 0, errors: '' })
})

interface Reference {
  uri: `at://${string}`
  cid: string
}

async function write(author: Actor, record: RecordOf<'app.bsky.feed.post'>): Promise<Reference> {
  const { uri, cid } = (await postsOf(author).create(record)).data
  return { uri, cid }
}

test('a mirror has what its accounts have, and nothing of those that are gone', async () => {
  const [stays, leaves, returns] = [await stage.enter(), await stage.enter(), await stage.enter()]
  const database = join(folder, 'mirror.sqlite')
  const dids = [stays, leaves, returns].map(({ account }) => account.did)
  const expectMirror = async (...actors: readonly Actor[]) => {
    const accounts = actors.map(({ account }) => account.did)
    expect(readMirror(database)).toEqual(await listRecords(stage.pds.url, accounts))
  }

  for (const actor of [stays, leaves, returns]) {
    await postsOf(actor).create(post('Not of that collection'))
    for (const rkey of ['kept', 'changed', 'removed']) {
      await notesOf(actor).put({ text: `A note, ${rkey}` }, { rkey })
    }
  }
  {
    await using program = startMirror(stage.network, database)
    await program.printed(`read ${dids[2]}: 3 records`)
    await notesOf(stays).put({ text: 'Changed' }, { rkey: 'changed' })
    await notesOf(stays).delete({ rkey: 'removed' })
    await program.printed(`delete at://${dids[0]}/${MIRRORED}/removed`)
    await expectMirror(stays, leaves, returns)

    await leaves.atproto.server.deactivateAccount({})
    await returns.atproto.server.deactivateAccount({})
    await program.printed(`removed ${dids[2]}: deactivated`)
    await expectMirror(stays)
    expect(await program.stop()).toMatchObject({ code: 0, errors: '' })
  }

  // What happens meanwhile is made up for, and so is a repository that is another one now.
  await returns.atproto.server.activateAccount()
  await notesOf(returns).put({ text: 'Written after the return' }, { rkey: 'last' })
  await notesOf(stays).put({ text: 'Written while nobody looked' }, { rkey: 'last' })
  await using program = startMirror(stage.network, database)
  await program.printed(`create at://${dids[0]}/${MIRRORED}/last`)
  await expectMirror(stays, returns)
  expect(await program.stop()).toMatchObject({ code: 0, errors: '' })
})

test('a mirror that missed events, or was given forged ones, reads the repository instead', async () => {
  const stage = await Stage.open()
  onTestFinished(async () => stage.close())
  const actor = await stage.enter()
  const { did } = actor.account
  const database = join(folder, 'incomplete-mirror.sqlite')
  const expectMirror = async () =>
    expect(readMirror(database)).toEqual(await listRecords(stage.pds.url, [did]))
  const forged = `forged-${did.slice(8)}`
  await using relay = await startForgingRelay(stage.pds.url, forged, replaceRecord)
  const start = () => startMirror({ pds: relay, plcUrl: stage.network.plcUrl }, database)

  const writeNote = async (rkey: string) =>
    notesOf(actor).put({ text: `A note, ${rkey}` }, { rkey })
  await writeNote('first')
  {
    await using program = start()
    await program.printed(`read ${did}: 1 records`)
    expect(await program.stop()).toMatchObject({ code: 0, errors: '' })
  }
  await writeNote('lost')
  await writeNote('next')
  loseEvents(database, 1)
  {
    await using program = start()
    await program.printed(`read ${did}: 3 records`)
    await expectMirror()

    await writeNote(forged)
    // Whatever comes next has it read what was refused.
    await stage.enter()
    await program.printed(`read ${did}: 4 records`)
    await expectMirror()
    const { code, errors } = await program.stop()
    expect(errors).toContain(`of ${did}`)
    expect(code).toBe(0)
  }
})

/** A map with a float in it, which no record may have. */
const NO_RECORD = Uint8Array.of(0xa1, 0x61, 0x61, 0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)
const HOSTILE = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

test('a record that cannot be read does not end the count of the others', async () => {
  const postOf = (lang: string) => encodeCbor({ ...post('Olá'), langs: [lang] })
  const hostile = await createHostileAccount(HOSTILE, 1, { 'app.bsky.feed.post/bad': NO_RECORD })
  const honest = await createHostileAccount('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', 2, {
    'app.bsky.feed.post/good': postOf('pt'),
  })
  const messages = [hostile, honest].map(({ frame }, i) => ({ seq: i + 1, data: frame }))
  await using relay = await Relay.start((peer) => peer.sendAll(messages))
  await using program = new Program('count-languages', ['--service', relay.url, '--posts', '1'])
  const { code, lines, errors } = await program.ended
  expect(errors).toBe('')
  expect(lines.map((line) => line.trim())).toEqual(['1 pt'])
  expect(code).toBe(0)
})

test('a record that cannot be read is in the mirror without a value, beside the others', async () => {
  const note = { $type: MIRRORED, text: 'A note' }
  const { frame, didDocument } = await createHostileAccount(HOSTILE, 1, {
    [`${MIRRORED}/bad`]: NO_RECORD,
    [`${MIRRORED}/good`]: encodeCbor(note),
  })
  await using relay = await Relay.start((peer) => peer.sendAll([{ seq: 1, data: frame }]))
  await using plc = await Loopback.start((_, response) => json(response, 200, didDocument))
  const database = join(folder, 'hostile-mirror.sqlite')
  await using program = startMirror({ pds: relay, plcUrl: plc.url }, database)
  await program.printed(`create at://${HOSTILE}/${MIRRORED}/good`)
  expect(readMirror(database).map(({ value }) => value)).toEqual([null, note])
  expect(await program.stop()).toMatchObject({ code: 0, errors: '' })
})
