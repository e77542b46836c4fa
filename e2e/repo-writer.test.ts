// Repositories that the SDK writes, before the reference implementation and in the reference PDS.
import { generateKeypair } from 'atproto.ts/crypto'
import { readRepo, RepoWriter, verifyCommitEvent, type RepoWrite } from 'atproto.ts/repo'
import { expect, onTestFinished, test } from 'vitest'
import { readReferenceRepo, undoInReference } from './reference-repo.ts'
import { Stage } from './stage.ts'

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const NOTE = 'com.example.note'

const note = (number: number, text = `Note ${number}`): RepoWrite => ({
  action: 'create',
  collection: NOTE,
  rkey: String(number),
  record: { text },
})

const notes = (from: number, to: number): RepoWrite[] =>
  Array.from({ length: to - from }, (_, i) => note(from + i))

const carOf = async (repo: RepoWriter): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(Buffer.concat(await Array.fromAsync(repo.exportCar())))

test.each(['p256', 'k256'] as const)(
  'a repository signed with %s is the same to the reference implementation',
  async (algorithm) => {
    const keypair = await generateKeypair(algorithm)
    const repo = await RepoWriter.create({ did: DID, keypair })
    expect(await readReferenceRepo(await carOf(repo), DID, keypair.did)).toEqual([])
    for (let at = 0; at < 1000; at += 200) await repo.applyWrites(notes(at, at + 200))
    const expected = Array.from(repo.tree, ([path, cid]) => `${path} ${cid}`)
    const found = await readReferenceRepo(await carOf(repo), DID, keypair.did)
    expect(found.toSorted()).toEqual(expected.toSorted())
  },
)

test('the reference implementation undoes every commit with the blocks of its event', async () => {
  const keypair = await generateKeypair('k256')
  const repo = await RepoWriter.create({ did: DID, keypair })
  await repo.applyWrites(notes(0, 200))
  const batches: RepoWrite[][] = [
    [],
    [note(1000)],
    [{ action: 'update', collection: NOTE, rkey: '1000', record: { text: 'changed' } }],
    [{ action: 'delete', collection: NOTE, rkey: '1000' }],
    // All at once, and many beside each other.
    [
      ...notes(300, 340),
      ...Array.from({ length: 40 }, (_, i): RepoWrite => ({
        action: 'delete',
        collection: NOTE,
        rkey: String(100 + i),
      })),
    ],
    ...Array.from({ length: 30 }, (_, i): RepoWrite[] => [
      note(2000 + i),
      { action: 'delete', collection: NOTE, rkey: String(3 * i) },
    ]),
  ]
  for (const batch of batches) {
    const before = repo.commit.data
    const { event, commit } = await repo.applyWrites(batch)
    const judged = { ...event, did: DID, signingKey: keypair.did, data: commit.data }
    expect(await undoInReference(judged)).toBe(before)
    expect(
      await verifyCommitEvent(event, { signingKey: keypair.did, prevData: before }),
    ).toMatchObject({ inversion: 'verified', signature: 'verified', prevData: 'verified' })
  }
})

test('the reference PDS imports a repository of ours, and goes on with it', async () => {
  const stage = await Stage.open()
  onTestFinished(async () => stage.close())
  const { account, atproto } = await stage.enter()
  const { did } = account
  const { uri } = (
    await atproto.repo.createRecord({ collection: NOTE, rkey: 'old', record: { text: 'old' } })
  ).data
  await atproto.repo.createRecord({ collection: NOTE, rkey: 'gone', record: { text: 'gone' } })

  // What the PDS wrote, taken up and written on.
  const body = (await atproto.sync.getRepo({ did })).data
  const repo = await RepoWriter.import(body, { did, keypair: await generateKeypair('k256') })
  expect(repo.getRecord(NOTE, 'old')).toEqual({ $type: NOTE, text: 'old' })
  await repo.applyWrites([
    { action: 'update', collection: NOTE, rkey: 'old', record: { text: 'new' } },
    { action: 'delete', collection: NOTE, rkey: 'gone' },
    ...notes(0, 50),
  ])
  await atproto.repo.importRepo(new Blob([await carOf(repo)]))

  expect((await atproto.repo.getRecord({ uri })).data.value).toEqual({ $type: NOTE, text: 'new' })
  const listed = (await atproto.repo.listRecords({ repo: did, collection: NOTE, limit: 100 })).data
  expect(listed.records).toHaveLength(51)
  for (const { uri: place, cid } of listed.records) {
    const [, , , collection, rkey] = place.split('/')
    expect(repo.tree.get(`${collection}/${rkey}`)).toBe(cid)
  }

  // What the PDS writes on it reads as well.
  await atproto.repo.deleteRecord({ uri })
  const { records } = await readRepo((await atproto.sync.getRepo({ did })).data, { did })
  const paths = (await Array.fromAsync(records)).map(({ path }) => path)
  expect(paths.toSorted()).toEqual(Array.from(Array(50).keys(), (i) => `${NOTE}/${i}`).toSorted())
})
