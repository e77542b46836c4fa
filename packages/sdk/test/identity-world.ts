// A small internet for resolvers: hosts, a PLC directory and DNS, behind one server on this machine.
import type { ServerResponse } from 'node:http'
import type { LookupFunction } from 'node:net'

import { IdentityResolver } from '../src/identity/index.ts'
import type { IdentityResolverOptions } from '../src/identity/index.ts'
import { createPublicFetch } from '../src/identity/public-fetch.node.ts'
import { Loopback } from './loopback.ts'

/** What a URL answers: a text, JSON, or what it does with the response. */
export type WorldAnswer = string | object | ((response: ServerResponse) => unknown)

/** What there is. Whatever is not here is not found. */
export interface WorldFacts {
  /** By name: a TXT record as a text or in pieces, each; or the error that DNS ends in. */
  txt?: Record<string, (string | string[])[] | Error>
  /** By URL, without `https://`; documents of did:plc by their DID. */
  web?: Record<string, WorldAnswer>
  /** The addresses of hosts that are looked up and connected to for real. */
  addresses?: Record<string, string[]>
}

export class IdentityWorld implements AsyncDisposable {
  txt: NonNullable<WorldFacts['txt']>
  web: NonNullable<WorldFacts['web']>
  /** Every question so far: the name of a TXT record, or a URL without `https://`. */
  readonly questions: string[] = []
  readonly #addresses: NonNullable<WorldFacts['addresses']>
  #server!: Loopback

  private constructor({ txt = {}, web = {}, addresses = {} }: WorldFacts) {
    this.txt = txt
    this.web = web
    this.#addresses = addresses
  }

  static async open(facts: WorldFacts = {}): Promise<IdentityWorld> {
    const world = new IdentityWorld(facts)
    world.#server = await Loopback.start(({ path }, response) => world.#answer(path, response))
    return world
  }

  resolver(options: IdentityResolverOptions = {}): IdentityResolver {
    return new IdentityResolver({
      plcUrl: 'https://plc.test',
      dns: this.dns,
      fetch: this.fetch,
      ...options,
    })
  }

  readonly dns = async (name: string): Promise<string[][]> => {
    this.questions.push(name)
    const records = this.txt[name]
    if (!records) throw Object.assign(new Error('no records'), { code: 'ENOTFOUND' })
    if (records instanceof Error) throw records
    return records.map((record) => (typeof record === 'string' ? [record] : record))
  }

  /** Goes to the server of this world, except to hosts whose addresses are part of the world. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (this.#addresses[url.hostname]) return createPublicFetch(false, this.#lookup)(url, init)
    const name = url.hostname === 'plc.test' ? url.pathname.slice(1) : url.host + url.pathname
    return globalThis.fetch(`${this.#server.url}/${name}`, init)
  }

  readonly #lookup: LookupFunction = (host, _, callback) => {
    const addresses = this.#addresses[host] ?? []
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }

  #answer(path: string, response: ServerResponse): void {
    const name = decodeURIComponent(path.slice(1))
    this.questions.push(name)
    const answer = this.web[name]
    if (typeof answer === 'function') return void answer(response)
    if (answer === undefined) response.statusCode = 404
    response.end(typeof answer === 'object' ? JSON.stringify(answer) : answer)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]()
  }
}

/** A DID document as the PLC directory serves it. */
export function plcDocument(
  did: string,
  { handle, pds = 'https://pds.example.com', key = SIGNING_KEY, ...rest }: PlcDocumentOptions = {},
): { id: string; [field: string]: unknown } {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs: handle ? [`at://${handle}`] : [],
    verificationMethod: [
      { id: `${did}#atproto`, type: 'Multikey', controller: did, publicKeyMultibase: key },
    ],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: pds }],
    ...rest,
  }
}

export interface PlcDocumentOptions {
  handle?: string
  pds?: string
  key?: string
  [field: string]: unknown
}

/** The key of the examples in the specification "Cryptography". */
export const SIGNING_KEY = 'zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc'
