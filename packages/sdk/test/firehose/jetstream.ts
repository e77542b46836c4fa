// A Jetstream on the loopback address. It keeps events, and speaks both versions of the protocol.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdCompressSync } from 'node:zlib'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { Deferred } from './deferred.ts'

export const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const NSID = 'network.bsky.jetstream.subscribeEvents'
/** The time of the event with the number zero, in microseconds. */
const EPOCH = 1_725_911_162_329_308
const FIRST_TIME_CURSOR = 1e15

/** An event that a service keeps. */
export interface Stored {
  seq: number
  time_us: number
  collection: string
}

/** The nth event, a second after the one before: a post, but each third is a like. */
export function stored(seq: number): Stored {
  const collection = seq % 3 === 0 ? 'app.bsky.feed.like' : 'app.bsky.feed.post'
  return { seq, time_us: EPOCH + seq * 1_000_000, collection }
}

function commitOf({ seq, collection }: Stored): object {
  const cid = 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi'
  const record = { $type: collection, text: `No. ${seq}`, createdAt: '2024-09-09T19:46:02.102Z' }
  return { rev: '3l3qo2vutsw2b', operation: 'create', collection, rkey: `r${seq}`, cid, record }
}

/** An event in the words of version one. */
export function version1(event: Stored): object {
  return { did: DID, time_us: event.time_us, kind: 'commit', commit: commitOf(event) }
}

/** An event in the words of version two. */
export function version2(event: Stored): object {
  const time = new Date(event.time_us / 1000).toISOString().replace('Z', '308Z')
  return messageFrame('#commit', { seq: event.seq, did: DID, time, ...commitOf(event) })
}

/** A message of version two. */
export function messageFrame(type: string, payload: object): object {
  return { $type: 'message', payload: { $type: NSID + type, ...payload } }
}

/** Somebody who is connected. */
interface Subscriber {
  socket: WebSocket
  url: URL
  /** Whether it gets events yet. */
  isReady: boolean
  wanted: readonly string[]
}

/** The service. `await using` closes it and every connection. */
export class LoopbackJetstream implements AsyncDisposable {
  /** What subscribers asked for. */
  readonly urls: URL[] = []
  /** What subscribers sent. */
  readonly received: unknown[] = []
  readonly subscribers = new Set<Subscriber>()
  /** The events that it has, oldest first. */
  events: Stored[] = []
  /** With which it compresses for who asks for that. */
  dictionary: Uint8Array | undefined
  /** The number of a dictionary that version two no longer has. */
  retired: number | undefined
  readonly #http = createServer((request, response) => {
    const url = new URL(request.url ?? '', this.url)
    const isDictionary = url.pathname.endsWith('getZstdDictionary')
    const refusal = this.#refusal(url)
    if (isDictionary) response.end(this.dictionary)
    else response.writeHead(refusal ? 400 : 426).end(refusal)
  })
  #subscribed = new Deferred<void>()
  #told = new Deferred<void>()
  readonly #sockets = new WebSocketServer({ noServer: true })

  static async start(events: number): Promise<LoopbackJetstream> {
    const jetstream = new LoopbackJetstream()
    jetstream.publish(events)
    jetstream.#http.on('upgrade', (request, socket, head) => {
      const url = new URL(request.url ?? '', jetstream.url)
      jetstream.urls.push(url)
      const refusal = jetstream.#refusal(url)
      const serve = (peer: WebSocket) => jetstream.#serve(peer, url)
      if (refusal) socket.end(`HTTP/1.1 400 Bad Request\r\n\r\n${refusal}`)
      else jetstream.#sockets.handleUpgrade(request, socket, head, serve)
    })
    jetstream.#http.listen(0, '127.0.0.1')
    await once(jetstream.#http, 'listening')
    return jetstream
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** Makes further events, and sends them to all who are connected. */
  publish(count: number): void {
    for (let i = 0; i < count; i++) {
      const event = stored((this.events.at(-1)?.seq ?? 0) + 1)
      this.events.push(event)
      for (const subscriber of this.subscribers) this.#send(subscriber, event)
    }
  }

  /** Sends to all who are connected what is no event. */
  send(data: Uint8Array | string): void {
    for (const { socket } of this.subscribers) socket.send(data)
  }

  /** Resolves when the next subscriber gets events; at once, where one came since it was asked last. */
  async subscribed(): Promise<void> {
    await this.#subscribed.promise
    this.#subscribed = new Deferred()
  }

  /** Resolves when the next message of a subscriber has come, likewise. */
  async told(): Promise<void> {
    await this.#told.promise
    this.#told = new Deferred()
  }

  /** Ends all connections, without a farewell. */
  drop(): void {
    for (const { socket } of this.subscribers) socket.terminate()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drop()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  /** Version two refuses dictionaries and numbers of events that it no longer has. */
  #refusal({ pathname, searchParams }: URL): string | undefined {
    if (this.retired && searchParams.get('zstdDictionary') === `${this.retired}`) {
      return JSON.stringify({ error: 'UnknownZstdDictionary', message: 'It is another one now' })
    }
    const cursor = searchParams.get('cursor')
    const isTooOld = cursor !== null && Number(cursor) < (this.events[0]?.seq ?? 0)
    if (!pathname.endsWith(NSID) || !isTooOld) return undefined
    return JSON.stringify({ error: 'CursorTooOld', message: 'It is too old' })
  }

  #serve(socket: WebSocket, url: URL): void {
    const { searchParams } = url
    const wanted = [
      ...searchParams.getAll('wantedCollections'),
      ...searchParams.getAll('collections'),
    ]
    const isReady = !searchParams.has('requireHello')
    const subscriber: Subscriber = { socket, url, isReady, wanted }
    socket.on('close', () => this.subscribers.delete(subscriber))
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { payload: { wantedCollections: string[] } }
      this.received.push(message)
      this.#told.resolve()
      subscriber.wanted = message.payload.wantedCollections
      if (!subscriber.isReady) this.#begin(subscriber)
    })
    if (isReady) this.#begin(subscriber)
  }

  #begin(subscriber: Subscriber): void {
    subscriber.isReady = true
    this.subscribers.add(subscriber)
    this.#subscribed.resolve()
    const { pathname, searchParams } = subscriber.url
    const cursor = Number(searchParams.get('cursor') ?? NaN)
    const isTime = cursor >= FIRST_TIME_CURSOR
    const isClamped = isTime && cursor < (this.events[0]?.time_us ?? 0)
    if (pathname.endsWith(NSID) && isClamped) {
      const info = messageFrame('#info', { name: 'OutdatedCursor', message: 'It is too old' })
      this.#sendText(subscriber, info)
    }
    const newest = this.events.at(-1)
    // A cursor from the future is one for the present.
    if (!(cursor <= (isTime ? newest?.time_us : newest?.seq)!)) return
    for (const event of this.events) {
      if ((isTime ? event.time_us : event.seq) >= cursor) this.#send(subscriber, event)
    }
  }

  #send(subscriber: Subscriber, event: Stored): void {
    const { url, wanted } = subscriber
    if (wanted.length > 0 && !wanted.includes(event.collection)) return
    this.#sendText(subscriber, url.pathname.endsWith(NSID) ? version2(event) : version1(event))
  }

  #sendText({ socket, url }: Subscriber, message: object): void {
    const text = JSON.stringify(message)
    const isCompressed = ['compress', 'zstdDictionary'].some((name) => url.searchParams.has(name))
    const { dictionary } = this
    socket.send(isCompressed && dictionary ? zstdCompressSync(text, { dictionary }) : text)
  }
}
