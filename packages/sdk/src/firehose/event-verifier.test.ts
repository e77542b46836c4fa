import { describe, expect, test } from 'vitest'
import { cborBlock } from '../../test/data/blocks.ts'
import {
  commitFrame,
  decodeCommit,
  decodeSync,
  firehoseErrorOf,
  messageFrame,
} from '../../test/firehose/frames.ts'
import { DID, postWrites, revOf, TestRepo } from '../../test/repo/repository.ts'
import type { MadeEvent } from '../../test/repo/repository.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { generateKeypair } from '../crypto/index.ts'
import { encodeCar, readCar, toLexBytes } from '../data/index.ts'
import { IdentityError } from '../identity/index.ts'
import { RepoChain, RepoError } from '../repo/index.ts'
import { CollectionFilter } from './collection-filter.ts'
import { decodeFrame } from './decode-frame.ts'
import { EventVerifier } from './event-verifier.ts'
import type { KeyResolver } from './signing-keys.ts'
import type { CommitEvent, EventVerification, RepoEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'

/** Tells keys as long as there are any, and notes what it was asked. */
class Keys implements KeyResolver {
  readonly asked: string[] = []
  readonly #keys: (string | Error)[]

  /** @param keys The answers, of which the last one is given again and again. */
  constructor(...keys: (string | Error)[]) {
    this.#keys = keys
  }

  async resolveKey(did: string, fragment?: string, refresh?: boolean): Promise<string> {
    this.asked.push(`${did} ${fragment} ${refresh ? 'anew' : 'kept'}`)
    const [key = ''] = this.#keys.length > 1 ? this.#keys.splice(0, 1) : this.#keys
    if (key instanceof Error) throw key
    return key
  }

  invalidate(did: string): void {
    this.asked.push(`forget ${did}`)
  }
}

const KEPT = `${DID} atproto kept`
const ANEW = `${DID} atproto anew`
const stranger = await generateKeypair('k256')

/** The verification of a commit, or the sync, once it is there. */
const verificationOf = async (
  checked: RepoEvent | Promise<RepoEvent>,
): Promise<EventVerification | undefined> => {
  const event = await checked
  return 'verification' in event ? event.verification : undefined
}

const errorOf = (checked: () => RepoEvent | Promise<RepoEvent>): Promise<FirehoseError> =>
  rejectedBy(FirehoseError, async () => checked())

describe('what events show by themselves', () => {
  const verifier = new EventVerifier()

  test('is checked at once', async () => {
    const repo = await TestRepo.create(postWrites(50))
    const [write] = postWrites(1, 100)
    const event = decodeCommit(commitFrame(await repo.write([write!])))
    expect(verifier.check(event)).toBe(event)
    expect(event.verification).toEqual({ inversion: 'verified', signature: 'not-checked' })
    expect(event.ops[0]?.record).toEqual(write![1])
    expect(JSON.parse(JSON.stringify(event))).toHaveProperty('verification.inversion', 'verified')
  })

  test('says what older servers do not show', async () => {
    const repo = await TestRepo.create(postWrites(50))
    const made = await repo.write(postWrites(1, 100))
    const older = decodeCommit(commitFrame(made, { prevData: undefined }))
    expect(verifier.check(older)).toBe(older)
    expect(older.verification?.inversion).toBe('no-prev-data')
  })

  test('is all operations, also those of collections that are not wanted', async () => {
    const repo = await TestRepo.create(postWrites(50))
    const like = { $type: 'app.bsky.feed.like' }
    const made = await repo.write([
      ...postWrites(2, 100),
      ['app.bsky.feed.like/3jui7kd54zh2y', like],
    ])
    const collections = new CollectionFilter(['app.bsky.feed.like'])
    const event = decodeCommit(commitFrame(made), { collections })
    expect(verifier.check(event)).toBe(event)
    expect(event.verification?.inversion).toBe('verified')
    expect(event.ops.map(({ record }) => record)).toEqual([like])
    const forged = decodeCommit(commitFrame(made, { ops: made.ops.slice(1) }), { collections })
    expect(firehoseErrorOf(() => verifier.check(forged)).cause).toMatchObject({
      code: 'inversion-mismatch',
    })
  })

  test('is the commit of a sync', async () => {
    const repo = await TestRepo.create(postWrites(3))
    const event = decodeSync(repo.rev!, encodeCar([repo.commit.cid], [repo.commit]))
    expect(verifier.check(event)).toBe(event)
    expect(event.verification).toEqual({ signature: 'not-checked' })
    const other = decodeSync(revOf(99), encodeCar([repo.commit.cid], [repo.commit]), { seq: 3 })
    expect(firehoseErrorOf(() => verifier.check(other))).toMatchObject({
      code: 'verification-failed',
      seq: 3,
      did: DID,
    })
  })

  test('is nothing where nothing shall be checked', async () => {
    const repo = await TestRepo.create(postWrites(3))
    const forged = decodeCommit(commitFrame(await repo.write(postWrites(1, 9)), { ops: [] }))
    expect(new EventVerifier({ verify: 'none' }).check(forged)).toBe(forged)
    expect(forged.verification).toBeUndefined()
  })

  test('is nothing of other kinds', () => {
    for (const t of ['#identity', '#tombstone', '#later']) {
      const event = decodeFrame(messageFrame(t, {}))
      expect(verifier.check(event)).toBe(event)
    }
  })

  test('cannot be told of an event that is no frame', () => {
    const event = { kind: 'commit', seq: 1, did: DID } as unknown as CommitEvent
    expect(() => verifier.check(event)).toThrow(TypeError)
  })
})

describe('forged commits', async () => {
  const repo = await TestRepo.create(postWrites(60))
  const made = await repo.write([
    ...postWrites(1, 100),
    [postWrites(1, 7)[0]![0], { $type: 'app.bsky.feed.post', text: 'new' }],
    [postWrites(1, 20)[0]![0], undefined],
  ])
  const blocks = [...readCar(made.blocks).blocks]
  const other = { $link: cborBlock('other').cid }
  const withBlocks = (of: typeof blocks): object => ({
    blocks: toLexBytes(encodeCar([repo.commit.cid], of)),
  })
  const withOp = (fields: object): object => ({
    ops: made.ops.with(0, { ...made.ops[0]!, ...fields }),
  })

  test.each<[string, object, RepoError['code']]>([
    ['another account', { repo: 'did:plc:abcdefghijklmnopqrstuvwx' }, 'event-mismatch'],
    ['another revision', { rev: revOf(5) }, 'event-mismatch'],
    ['another commit', { commit: other }, 'event-mismatch'],
    ['another tree before', { prevData: other }, 'inversion-mismatch'],
    ['a later revision before', { since: revOf(9) }, 'rev-order'],
    ['no operations', { ops: [] }, 'inversion-mismatch'],
    ['an operation left out', { ops: made.ops.slice(1) }, 'inversion-mismatch'],
    ['an operation twice', { ops: [...made.ops, made.ops[0]] }, 'duplicate-op'],
    ['another record', withOp({ cid: other }), 'op-mismatch'],
    ['another path', withOp({ path: postWrites(1, 8)[0]![0] }), 'op-mismatch'],
    ['a creation as a deletion', withOp({ action: 'delete', cid: null }), 'op-mismatch'],
    ['a record left out', withBlocks(blocks.slice(0, -2)), 'missing-block'],
    ['no blocks', { blocks: { $bytes: '' } }, 'invalid-car'],
  ])('%s: refused, with the reason and the place', (_, fields, code) => {
    const event = decodeCommit(commitFrame(made, { seq: 5, ...fields }))
    const error = firehoseErrorOf(() => new EventVerifier().check(event))
    expect(error).toMatchObject({ code: 'verification-failed', seq: 5, did: event.did })
    expect(error.cause).toBeInstanceOf(RepoError)
    expect(error.cause).toMatchObject({ code })
    expect(event.verification).toBeUndefined()
  })

  test('any byte of the blocks changed: refused', () => {
    for (let at = 0; at < made.blocks.length; at += 7) {
      const changed = toLexBytes(made.blocks.with(at, made.blocks[at]! ^ 4))
      const event = decodeCommit(commitFrame(made, { blocks: changed }))
      expect(firehoseErrorOf(() => new EventVerifier().check(event)).code).toBe(
        'verification-failed',
      )
    }
  })

  test('operations that cannot be read are refused as the frame they are in', () => {
    const event = decodeCommit(commitFrame(made, { seq: 5, ops: [{}] }))
    expect(firehoseErrorOf(() => new EventVerifier().check(event))).toMatchObject({
      code: 'invalid-frame',
      seq: 5,
    })
  })
})

describe('signatures', () => {
  const verifierWith = (identity: KeyResolver): EventVerifier =>
    new EventVerifier({ verify: 'full', identity })

  test('need an identity', () => {
    expect(() => new EventVerifier({ verify: 'full' })).toThrow(TypeError)
  })

  test('are verified with the key of the account', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const keys = new Keys(repo.keypair.did)
    const event = decodeCommit(commitFrame(await repo.write(postWrites(1, 50))))
    const checked = verifierWith(keys).check(event)
    expect(await checked).toBe(event)
    expect(event.verification).toEqual({
      inversion: 'verified',
      signature: 'verified',
      chain: { status: 'started' },
    })
    expect(keys.asked).toEqual([KEPT])
  })

  test('are verified with a key that is new', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const keys = new Keys(stranger.did, repo.keypair.did)
    const event = decodeCommit(commitFrame(await repo.write(postWrites(1, 50))))
    expect(await verificationOf(verifierWith(keys).check(event))).toMatchObject({
      signature: 'verified',
    })
    expect(keys.asked).toEqual([KEPT, ANEW])
  })

  test('of others are refused, and do not make it ask for the key each time', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const keys = new Keys(stranger.did)
    const verifier = verifierWith(keys)
    for (let seq = 1; seq < 4; seq++) {
      const event = decodeCommit(commitFrame(await repo.write(postWrites(1, 50 + seq)), { seq }))
      const error = await errorOf(() => verifier.check(event))
      expect(error).toMatchObject({ code: 'verification-failed', seq, did: DID })
      expect(error.cause).toMatchObject({ code: 'invalid-signature' })
      expect(event.verification).toBeUndefined()
    }
    expect(keys.asked).toEqual([KEPT, ANEW, KEPT, KEPT])
  })

  test('are verified with what is asked anew after an identity event', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const keys = new Keys(stranger.did, stranger.did, stranger.did, repo.keypair.did)
    const verifier = verifierWith(keys)
    const made = await repo.write(postWrites(1, 50))
    await errorOf(() => verifier.check(decodeCommit(commitFrame(made))))
    const identity = decodeFrame(messageFrame('#identity', {}))
    expect(verifier.check(identity)).toBe(identity)
    await verifier.check(decodeCommit(commitFrame(made)))
    expect(keys.asked).toEqual([KEPT, ANEW, `forget ${DID}`, KEPT, ANEW])
  })

  test('are not lost where a key cannot be forgotten', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const { did } = repo.keypair
    const invalidate = (): never => {
      throw new Error('no')
    }
    const verifier = verifierWith({ resolveKey: async () => did, invalidate })
    const identity = decodeFrame(messageFrame('#identity', {}))
    expect(verifier.check(identity)).toBe(identity)
    await verifier.check(decodeCommit(commitFrame(await repo.write(postWrites(1, 50)))))
  })

  test.each<[string, Error, FirehoseError['code']]>([
    ['nobody could tell', new IdentityError('x', { code: 'timeout' }), 'key-unavailable'],
    ['the hook fails', new Error('x'), 'key-unavailable'],
    ['there is none', new IdentityError('x', { code: 'no-key' }), 'verification-failed'],
    [
      'there is no account',
      new IdentityError('x', { code: 'did-not-found' }),
      'verification-failed',
    ],
  ])('without a key because %s are refused', async (_, cause, code) => {
    const repo = await TestRepo.create(postWrites(5))
    const event = decodeCommit(commitFrame(await repo.write(postWrites(1, 50)), { seq: 6 }))
    const error = await errorOf(() => verifierWith(new Keys(cause)).check(event))
    expect(error).toMatchObject({ code, seq: 6, did: DID, cause })
  })

  test('are verified by the code that is plugged in', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const event = decodeCommit(commitFrame(await repo.write(postWrites(1, 50))))
    let isValid = true
    const identity = new Keys(repo.keypair.did)
    const verifier = new EventVerifier({ verify: 'full', identity, k256: () => isValid })
    await verifier.check(event)
    isValid = false
    expect(await errorOf(() => verifier.check(event))).toMatchObject({
      code: 'verification-failed',
    })
  })

  test('of syncs are verified too', async () => {
    const repo = await TestRepo.create(postWrites(3))
    const car = encodeCar([repo.commit.cid], [repo.commit])
    const event = decodeSync(repo.rev!, car)
    await verifierWith(new Keys(repo.keypair.did)).check(event)
    expect(event.verification).toEqual({ signature: 'verified', chain: { status: 'started' } })
    const forged = decodeSync(repo.rev!, car)
    expect(
      (await errorOf(() => verifierWith(new Keys(stranger.did)).check(forged))).cause,
    ).toMatchObject({
      code: 'invalid-signature',
    })
  })
})

describe('the chain of a repository', () => {
  interface Followed {
    repo: TestRepo
    chain: RepoChain
    check: (made: MadeEvent, fields?: object) => Promise<object | undefined>
  }

  const follow = async (): Promise<Followed> => {
    const repo = await TestRepo.create(postWrites(5))
    const chain = new RepoChain()
    const identity = new Keys(repo.keypair.did)
    const verifier = new EventVerifier({ verify: 'full', identity, chain })
    const check: Followed['check'] = async (made, fields) => {
      const event = decodeCommit(commitFrame(made, fields))
      return (await verificationOf(verifier.check(event)))?.chain
    }
    return { repo, chain, check }
  }

  test('starts with any event, and is followed from there', async () => {
    const { repo, check } = await follow()
    expect(await check(await repo.write(postWrites(1, 50)))).toEqual({ status: 'started' })
    for (let i = 0; i < 3; i++) {
      const made = await repo.write(postWrites(1, 60 + i))
      expect(await check(made)).toEqual({ status: 'synchronized' })
    }
  })

  test('is broken by an event that is missing, until the repository was read', async () => {
    const { repo, chain, check } = await follow()
    await check(await repo.write(postWrites(1, 50)))
    await repo.write(postWrites(1, 51))
    const broken = await repo.write(postWrites(1, 52))
    expect(await check(broken)).toEqual({ status: 'desynchronized', reason: 'since' })
    expect(await check(await repo.write(postWrites(1, 53)))).toEqual({ status: 'desynchronized' })
    await chain.resynchronized({ did: DID, rev: repo.rev!, data: repo.tree.root() })
    expect(await check(await repo.write(postWrites(1, 54)))).toEqual({ status: 'synchronized' })
  })

  test('is not broken by a forged event', async () => {
    const { repo, check } = await follow()
    await check(await repo.write(postWrites(1, 50)))
    const made = await repo.write(postWrites(1, 51))
    const forged = check(made, { ops: [] })
    await expect(forged).rejects.toMatchObject({ code: 'verification-failed' })
    expect(await check(made)).toEqual({ status: 'synchronized' })
  })

  test('says what is repeated', async () => {
    const { repo, check } = await follow()
    const first = await repo.write(postWrites(1, 50))
    await check(first)
    expect(await check(first)).toEqual({ status: 'repeated' })
  })

  test('shows of older servers what their events do not', async () => {
    const { repo, check } = await follow()
    await check(await repo.write(postWrites(1, 50)))
    const made = await repo.write(postWrites(1, 51))
    expect(await check(made, { prevData: undefined })).toEqual({ status: 'synchronized' })
  })

  test('is followed in order, whichever signature is verified first', async () => {
    const repo = await TestRepo.create(postWrites(5))
    const made: MadeEvent[] = []
    for (let i = 0; i < 12; i++) made.push(await repo.write(postWrites(1, 50 + i)))
    let turn = 0
    const later: (() => void)[] = []
    const identity: KeyResolver = {
      // The first ones come last.
      resolveKey: () =>
        new Promise((resolve) => {
          later.unshift(() => resolve(repo.keypair.did))
          if (++turn === made.length) for (const answer of later) answer()
        }),
    }
    const verifier = new EventVerifier({ verify: 'full', identity })
    const checked = made.map((one, i) =>
      verifier.check(decodeCommit(commitFrame(one, { seq: i + 1 }))),
    )
    const statuses = await Promise.all(
      checked.map(async (one) => (await verificationOf(one))?.chain),
    )
    expect(statuses.map((chain) => chain?.status)).toEqual([
      'started',
      ...Array.from({ length: 11 }, () => 'synchronized'),
    ])
  })

  test('goes on after an event of which the key was not to be had', async () => {
    const { repo, chain } = await follow()
    const keys = new Keys(repo.keypair.did, new Error('down'), repo.keypair.did)
    const verifier = new EventVerifier({ verify: 'full', identity: keys, chain })
    const [first, second, third] = [
      await repo.write(postWrites(1, 50)),
      await repo.write(postWrites(1, 51)),
      await repo.write(postWrites(1, 52)),
    ].map((made) => decodeCommit(commitFrame(made)))
    const checked = [first!, second!, third!].map(async (event) => verifier.check(event))
    const [, failed] = await Promise.allSettled(checked)
    expect(failed).toMatchObject({ reason: { code: 'key-unavailable' } })
    expect(first?.verification?.chain).toEqual({ status: 'started' })
    expect(third?.verification?.chain).toEqual({ status: 'desynchronized', reason: 'since' })
  })

  test('is broken by a sync of another tree, and not by one of the same', async () => {
    const { repo, chain, check } = await follow()
    const identity = new Keys(repo.keypair.did)
    const verifier = new EventVerifier({ verify: 'full', identity, chain })
    const sync = async (): Promise<object | undefined> => {
      const car = encodeCar([repo.commit.cid], [repo.commit])
      return (await verificationOf(verifier.check(decodeSync(repo.rev!, car))))?.chain
    }
    await check(await repo.write(postWrites(1, 50)))
    expect(await sync()).toEqual({ status: 'synchronized' })
    await repo.write(postWrites(1, 51))
    expect(await sync()).toEqual({ status: 'desynchronized', reason: 'sync-event' })
  })
})
