// A relay that does to its peers what relays do on their worst days, the same with the same seed.
import { setImmediate as turn } from 'node:timers/promises'

import { concatBytes } from '../../src/base/index.ts'
import { frame } from './recording.ts'
import type { Message, Peer } from './relay.ts'

/** Status codes with which a service may close a connection. */
const CLOSE_CODES = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999,
]

/** Numbers from 0 to 1, the same with the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Serves messages after the peer's cursor, with mischief between them. */
export class Chaos {
  /** How often each kind of mischief was done. */
  readonly done: Record<string, number> = {}
  readonly #messages: readonly Message[]
  readonly #random: () => number
  #kind = 0
  #closed = 0

  constructor(messages: readonly Message[], seed: number) {
    this.#messages = messages
    this.#random = randomOf(seed)
  }

  serve = async (peer: Peer): Promise<void> => {
    for (const [index, { seq, data, isBad }] of this.#messages.entries()) {
      if (seq <= (peer.cursor ?? 0)) continue
      if (!isBad && this.#random() < 0.02 && !(await this.#misbehave(peer, index))) return
      // What is sent is not always waited for, so that much is on its way when a connection breaks.
      const sent = peer.send(data)
      if (index % 16 === 0 && !(await sent)) return
    }
  }

  /** Whether the peer is served on. */
  async #misbehave(peer: Peer, index: number): Promise<boolean> {
    const { seq, data } = this.#messages[index]!
    const bytes = data as Uint8Array
    const kinds: Record<string, () => unknown> = {
      garbage: () => peer.send(Uint8Array.from({ length: 100 }, () => this.#random() * 256)),
      empty: () => peer.send(new Uint8Array()),
      text: () => peer.send('{"kind":"commit"}'),
      cut: () => peer.send(bytes.subarray(0, this.#random() * bytes.length)),
      more: () => peer.send(concatBytes([bytes, Uint8Array.of(0)])),
      again: () =>
        this.#messages.slice(Math.max(0, index - 5), index).map((past) => peer.send(past.data)),
      old: () => peer.send(this.#messages[Math.floor(this.#random() * index)]!.data),
      header: () => peer.send(frame({ op: 'x' }, { seq })),
      large: () => peer.send(frame({ op: 1, t: '#large' }, { blocks: new Uint8Array(5_000_001) })),
      tooSlow: () =>
        peer.send(frame({ op: -1 }, { error: 'ConsumerTooSlow', message: 'Be faster' })),
      error: () => peer.send(frame({ op: -1 }, { error: 'Nobody knows' })),
      close: () => peer.socket.close(CLOSE_CODES[this.#closed++ % CLOSE_CODES.length], 'Goodbye'),
      drop: () => peer.socket.terminate(),
      // Of one whose closing handshake is not answered, nothing more comes either.
      stall: () => peer.socket.pause(),
    }
    const names = Object.keys(kinds)
    const name = names[this.#kind++ % names.length]!
    this.done[name] = (this.done[name] ?? 0) + 1
    await kinds[name]!()
    await turn()
    return !['tooSlow', 'error', 'close', 'drop', 'stall'].includes(name)
  }
}
