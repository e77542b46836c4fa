import { beforeAll, describe, expect, test } from 'vitest'

import { generateKeypair } from '../crypto/index.ts'
import type { Keypair } from '../crypto/index.ts'
import type { Did } from '../syntax/index.ts'
import { IdentityError, plcDid, plcOperationCid, signPlcOperation, verifyPlcLog } from './index.ts'
import type { PlcData, PlcLogEntry, PlcOperation } from './index.ts'

const HOUR = 60 * 60 * 1000

let strong: Keypair
let weak: Keypair
let stranger: Keypair
let data: PlcData
beforeAll(async () => {
  strong = await generateKeypair('p256')
  weak = await generateKeypair('k256')
  stranger = await generateKeypair('k256')
  data = {
    rotationKeys: [strong.did, weak.did],
    verificationMethods: { atproto: weak.did },
    alsoKnownAs: ['at://alice.example.com'],
    services: {
      atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: 'https://pds.example.com' },
    },
  }
})

/** A log as it grows, each operation an hour after the one before. */
class Log {
  readonly entries: PlcLogEntry[] = []
  did!: Did

  static async begin(signer = weak): Promise<Log> {
    const log = new Log()
    const operation = await signPlcOperation({ type: 'plc_operation', prev: null, ...data }, signer)
    log.did = plcDid(operation)
    log.append(operation)
    return log
  }

  /** Follows the operation at an index; -1 is the last. */
  async update(name: string, signer: Keypair, after = -1, hours?: number): Promise<this> {
    const prev = this.entries.at(after)!.cid
    const alsoKnownAs = [`at://${name}.example.com`]
    return this.append(
      await signPlcOperation({ type: 'plc_operation', prev, ...data, alsoKnownAs }, signer),
      hours,
    )
  }

  async end(signer: Keypair): Promise<this> {
    const prev = this.entries.at(-1)!.cid
    return this.append(await signPlcOperation({ type: 'plc_tombstone', prev }, signer))
  }

  append(operation: PlcOperation, hours = this.entries.length): this {
    this.entries.push({
      did: this.did,
      operation,
      cid: plcOperationCid(operation),
      nullified: false,
      createdAt: new Date(hours * HOUR).toISOString(),
    })
    return this
  }

  undo(...indexes: number[]): this {
    for (const index of indexes) this.entries[index]!.nullified = true
    return this
  }

  verify() {
    return verifyPlcLog(this.did, this.entries)
  }
}

test('a log comes to its last operation', async () => {
  const log = await Log.begin()
  expect(await log.verify()).toEqual({ did: log.did, data, head: log.entries[0] })
  await log.update('new', strong)
  await log.update('newer', weak)
  const { data: latest, head } = await log.verify()
  expect(latest).toEqual({ ...data, alsoKnownAs: ['at://newer.example.com'] })
  expect(head).toBe(log.entries[2])
})

test('a log that ends in a tombstone comes to nothing', async () => {
  const log = await (await Log.begin()).end(weak)
  expect((await log.verify()).data).toBeUndefined()
})

test('a stronger key undoes what a weaker one did, up to 72 hours later', async () => {
  const log = await Log.begin()
  await log.update('stolen', weak)
  await log.update('sold', weak)
  await log.update('mine', strong, 0, 1 + 72)
  log.undo(1, 2)
  expect((await log.verify()).data?.alsoKnownAs).toEqual(['at://mine.example.com'])
})

test('a tombstone can be undone', async () => {
  const log = await (await Log.begin()).end(weak)
  await log.update('back', strong, 0)
  expect((await log.undo(1).verify()).data?.alsoKnownAs).toEqual(['at://back.example.com'])
})

// A vector of the method's own interoperability suite (audit_log/valid/log_nullification.json).
test('a log made elsewhere is verified', async () => {
  const did = 'did:plc:2s2mvm52ttz6r4hocmrq7x27'
  const keys = [
    'did:key:zQ3shwPdax6jKMbhtzbueGwSjc7RnjsmPcNB1vQUpbKUCN1t1',
    'did:key:zQ3shmMcsFLvSZQy2pSZFFKZNmQSNmyuSepPXMHpgTYrontu2',
  ]
  const genesis = 'bafyreiguwtflhou46pupb3qtemh56x6o3fn3y7ym2q3jgoms35tdu2d5ga'
  const operation = (rotationKeys: string[], prev: typeof genesis | null, sig: string) =>
    ({
      type: 'plc_operation',
      rotationKeys,
      verificationMethods: {},
      alsoKnownAs: ['at://foo'],
      services: {},
      prev,
      sig,
    }) as const
  const rows = [
    [
      operation(
        keys,
        null,
        '1pTjQD5-LA4gN6tz1t7-28Tzct9NI-oYMN8QVUQkB7493j-vKeZnZO0YqNNBCXsORatmfKUXwteC9zW82mi_yw',
      ),
      genesis,
      false,
    ],
    [
      operation(
        [],
        genesis,
        'XfbRKnfzmJyRXUrajAISgdiJWNdNFMFgtDnlKvj-bIZhpfqGd39xiylJVXXu5Usw2cc2Js4EeSPh2xfhUQNxSA',
      ),
      'bafyreicbxgoelatj24iyqnevm7v4f22utxb75p756ztyu5v7cjxlwti3oa',
      true,
    ],
    [
      operation(
        keys,
        genesis,
        'zCcbDgFbv5b0aGggLepLcARzNzH0sG6uuvq2GacyPsAsjDsLMZn6KmOxa50iWZEMRknQHsMYyMTS99eeTPu0fQ',
      ),
      'bafyreidef3g2vvlshwzf7vxjyxg3lraahujvhtkpo7y3g4br52ft3lzwem',
      false,
    ],
  ] as const
  const entries = rows.map(([signed, cid, nullified], second) => ({
    did,
    operation: signed,
    cid,
    nullified,
    createdAt: new Date(second * 1000).toISOString(),
  })) satisfies PlcLogEntry[]
  expect((await verifyPlcLog(did, entries)).head.cid).toBe(rows[2][1])
  entries[2]!.createdAt = new Date(72 * HOUR + 2000).toISOString()
  await expect(verifyPlcLog(did, entries)).rejects.toMatchObject({ code: 'late-recovery' })
})

test('the oldest form of creation is understood', async () => {
  const unsigned = {
    type: 'create',
    signingKey: weak.did,
    recoveryKey: strong.did,
    handle: 'alice.example.com',
    service: 'https://pds.example.com',
    prev: null,
  } as const
  // Only the newer forms can be signed, as only they are made today.
  const { sig } = await signPlcOperation(unsigned as never, weak)
  const log = new Log()
  log.did = plcDid({ ...unsigned, sig })
  log.append({ ...unsigned, sig })
  expect((await log.verify()).data).toEqual(data)
  await log.update('new', strong)
  expect((await log.verify()).data?.alsoKnownAs).toEqual(['at://new.example.com'])
})

describe('refused is a log', () => {
  type Spoil = (log: Log) => unknown
  test.each<[title: string, code: string, spoil: Spoil]>([
    ['without operations', 'invalid-operation', (log) => log.entries.splice(0)],
    ['with an entry that is none', 'invalid-operation', (log) => log.entries.push(null as never)],
    [
      'with an operation that is none',
      'invalid-operation',
      (log) => {
        log.entries[1]!.operation = { ...log.entries[1]!.operation, rotationKeys: 'x' } as never
      },
    ],
    [
      'with an entry of another DID',
      'invalid-operation',
      (log) => {
        log.entries[1]!.did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
      },
    ],
    [
      'with a time that is none',
      'invalid-operation',
      (log) => {
        log.entries[1]!.createdAt = 'yesterday'
      },
    ],
    [
      'of another DID',
      'wrong-genesis',
      (log) => {
        log.did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
        for (const entry of log.entries) entry.did = log.did
      },
    ],
    ['that begins in the middle', 'wrong-genesis', (log) => log.entries.shift()],
    [
      'with a field changed',
      'wrong-cid',
      (log) => {
        log.entries[1]!.operation = { ...log.entries[1]!.operation, alsoKnownAs: [] } as never
      },
    ],
    [
      'with a field and its name changed',
      'unauthorized-operation',
      (log) => {
        const operation = { ...log.entries[1]!.operation, alsoKnownAs: [] } as PlcOperation
        Object.assign(log.entries[1]!, { operation, cid: plcOperationCid(operation) })
      },
    ],
    [
      'with the operation of a stranger',
      'unauthorized-operation',
      (log) => log.update('his', stranger),
    ],
    [
      'in which a weak key undoes a strong one',
      'unauthorized-operation',
      (log) => log.update('his', weak, 0),
    ],
    [
      'in which a key undoes itself',
      'unauthorized-operation',
      async (log) => {
        await log.update('once', strong)
        await log.update('twice', strong, 1)
      },
    ],
    [
      'in which an operation is missing',
      'misordered-operation',
      async (log) => {
        await log.update('next', strong)
        log.entries.splice(1, 1)
      },
    ],
    [
      'that goes on after its end',
      'misordered-operation',
      async (log) => {
        await log.end(strong)
        await log.update('next', strong)
      },
    ],
    [
      'that follows what was undone',
      'misordered-operation',
      async (log) => {
        await log.update('stolen', weak)
        await log.update('mine', strong, 1)
        log.undo(2)
        await log.update('more', weak, 2)
      },
    ],
    [
      'that undoes after 72 hours',
      'late-recovery',
      async (log) => {
        await log.update('stolen', weak)
        await log.update('mine', strong, 1, 2 + 72.01)
      },
    ],
    [
      'that undoes before it was done',
      'misordered-operation',
      async (log) => {
        await log.update('stolen', weak)
        await log.update('mine', strong, 1, 2)
      },
    ],
    [
      'that hides what was undone',
      'wrong-nullification',
      async (log) => {
        await log.update('stolen', weak)
        await log.update('mine', strong, 1)
      },
    ],
    ['that calls undone what was not', 'wrong-nullification', (log) => log.undo(1)],
  ])('%s', async (_, code, spoil) => {
    const log = await Log.begin()
    await log.update('first', strong)
    await spoil(log)
    const error: unknown = await log.verify().catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(IdentityError)
    expect((error as IdentityError).code).toBe(code)
  })

  test('whose signature is written in another way', async () => {
    const { sig, ...operation } = (await Log.begin()).entries[0]!.operation as PlcOperation & {
      type: 'plc_operation'
    }
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const bits = last[last.indexOf(sig.at(-1)!) + 1]!
    for (const other of [`${sig}==`, `${sig}\n`, sig.slice(0, -1) + bits, '']) {
      const log = new Log()
      log.did = plcDid({ ...operation, sig: other })
      log.append({ ...operation, sig: other })
      await expect(log.verify()).rejects.toMatchObject({ code: 'unauthorized-operation' })
    }
  })
})

test('an operation that directories would not take is not signed', async () => {
  const alsoKnownAs = Array.from({ length: 400 }, (_, i) => `at://name${i}.example.com`)
  const operation = { type: 'plc_operation', prev: null, ...data, alsoKnownAs } as const
  await expect(signPlcOperation(operation, weak)).rejects.toMatchObject({
    code: 'invalid-operation',
  })
})
