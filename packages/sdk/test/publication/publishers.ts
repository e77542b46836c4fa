// Authorities of lexicons on this machine: a server that is their PLC directory and their PDS, and
// the DNS that leads there.

import type { LexValue } from '../../src/data/index.ts'
import { IdentityResolver } from '../../src/identity/index.ts'
import { plcDocument } from '../identity-world.ts'
import { json, Loopback } from '../loopback.ts'
import type { Answer } from '../loopback.ts'
import { TestRepo } from '../repo/repository.ts'

const COLLECTION = 'com.atproto.lexicon.schema'

/** Records by their key; undefined deletes one. */
export type Lexicons = Record<string, { [field: string]: LexValue } | undefined>

/** An account that publishes lexicons. */
export interface Publisher {
  did: `did:plc:${string}`
  repo: TestRepo
  /** The repository as the PDS has it, as a CAR file. */
  car: Uint8Array
  /** Where the account's PDS is; of this server unless it is changed. */
  pds: string
  /** Its key in the directory. */
  key: string
  /** The keys of its records, as a list has them. */
  listed: string[]
}

/** A small internet with lexicons in it. */
export class Publishers implements AsyncDisposable {
  /** The values of TXT records by name, or the error that DNS ends in. */
  readonly txt: Map<string, string[] | Error> = new Map()
  /** Every name that DNS was asked for. */
  readonly names: string[] = []
  readonly accounts: Map<string, Publisher> = new Map()
  /** Answers in place of the usual ones, by the method that is called. */
  readonly answers: Map<string, Answer> = new Map()
  #server!: Loopback

  static async open(): Promise<Publishers> {
    const publishers = new Publishers()
    publishers.#server = await Loopback.start((request, response) => {
      const { pathname, searchParams } = new URL(request.path, 'http://127.0.0.1')
      if (pathname === '/dns-query') {
        const name = searchParams.get('name') ?? ''
        publishers.names.push(name)
        const values = publishers.txt.get(name)
        const found = Array.isArray(values) ? values : []
        return json(response, 200, { Status: 0, Answer: found.map((data) => ({ type: 16, data })) })
      }
      const method = pathname.slice('/xrpc/'.length)
      const own = publishers.answers.get(method)
      if (own) return own(request, response)
      const did = searchParams.get('did') ?? searchParams.get('repo') ?? pathname.slice(1)
      const account = publishers.accounts.get(decodeURIComponent(did))
      if (!account) return json(response, 404, { error: 'RepoNotFound' })
      if (method === 'com.atproto.sync.getRecord') {
        return void response.setHeader('content-type', 'application/vnd.ipld.car').end(account.car)
      }
      if (method === 'com.atproto.repo.listRecords') {
        const start = Number(searchParams.get('cursor') ?? 0)
        const end = start + Number(searchParams.get('limit'))
        const records = account.listed.slice(start, end).map((rkey) => ({
          uri: `at://${account.did}/${COLLECTION}/${rkey}`,
          cid: 'bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq',
          value: {},
        }))
        const cursor = end < account.listed.length ? String(end) : undefined
        return json(response, 200, { records, cursor })
      }
      const { pds, key } = account
      return json(response, 200, plcDocument(account.did, { pds, key }))
    })
    return publishers
  }

  get url(): string {
    return this.#server.url
  }

  /** The options by which the generator asks here. */
  get options(): string[] {
    const dns = `${this.url}/dns-query`
    return ['--plc-url', this.url, '--dns-over-https', dns, '--allow-loopback']
  }

  /** The calls of a method so far. */
  calls(method: string): number {
    return this.#server.requests.filter(({ path }) => path.startsWith(`/xrpc/${method}?`)).length
  }

  /** A new account that is the authority of groups and has records of these keys. */
  async publish(groups: readonly string[], lexicons: Lexicons): Promise<Publisher> {
    const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(this.accounts.size)
    const did = `did:plc:${letter.repeat(24)}` as const
    const repo = await TestRepo.create()
    const account: Publisher = {
      did,
      repo,
      car: await write(repo, did, lexicons),
      pds: this.url,
      key: repo.keypair.did.slice('did:key:'.length),
      listed: Object.keys(lexicons),
    }
    this.accounts.set(did, account)
    for (const group of groups) {
      const domain = group.split('.').toReversed().join('.')
      this.txt.set(`_lexicon.${domain}`, [`did=${did}`])
    }
    return account
  }

  readonly dns = async (name: string): Promise<string[][]> => {
    this.names.push(name)
    const values = this.txt.get(name)
    if (values instanceof Error) throw values
    if (!values) throw Object.assign(new Error('no records'), { code: 'ENODATA' })
    // In pieces, as long texts are.
    return values.map((value) => [value.slice(0, 9), value.slice(9)])
  }

  identity(): IdentityResolver {
    return new IdentityResolver({ plcUrl: this.url, dns: this.dns, allowLoopback: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]()
  }
}

/** Writes records into a repository. @returns All of it, signed as that account's */
export async function write(repo: TestRepo, did: string, lexicons: Lexicons): Promise<Uint8Array> {
  await repo.write(
    Object.entries(lexicons).map(([rkey, record]) => [`${COLLECTION}/${rkey}`, record]),
  )
  repo.commit = await repo.sign({ did })
  return repo.car()
}

/** A record that publishes a document, whose main definition refers to others. */
export function lexicon(id: string, ...refs: string[]): { [field: string]: LexValue } {
  const properties = Object.fromEntries(refs.map((ref, i) => [`to${i}`, { type: 'ref', ref }]))
  const main = { type: 'object', properties }
  return { $type: COLLECTION, lexicon: 1, id, defs: { main } }
}
