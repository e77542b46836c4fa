// An account that keeps changing its notes.
import type { Chance } from './chance.ts'
import { MIRRORED } from './mirror.ts'
import type { Actor } from './stage.ts'

const KEYS = 12
const LARGEST_COMMIT = 5

/** Creates, updates and deletes notes of an account, as chance will have it. */
export class NoteKeeper {
  readonly did: `did:plc:${string}`
  readonly #atproto: Actor['atproto']
  readonly #chance: Chance
  readonly #keys = new Set<string>()
  #writes = 0

  constructor({ account, atproto }: Actor, chance: Chance) {
    this.did = account.did
    this.#atproto = atproto
    this.#chance = chance
  }

  /** Makes one commit of one change or a few. */
  async write(): Promise<void> {
    const count = 1 + this.#chance.below(LARGEST_COMMIT)
    const keys = new Set(Array.from({ length: count }, () => `note-${this.#chance.below(KEYS)}`))
    await this.#atproto.repo.applyWrites({ writes: Array.from(keys, (key) => this.#change(key)) })
  }

  /** Writes a note with a key that no other has. */
  async writeLast(rkey: string): Promise<`at://${string}`> {
    const { data } = await this.#atproto.collection(MIRRORED).put({ isLast: true }, { rkey })
    return data.uri
  }

  #change(rkey: string) {
    const place = { collection: MIRRORED, rkey } as const
    const value = { $type: MIRRORED, write: ++this.#writes }
    if (!this.#keys.has(rkey)) {
      this.#keys.add(rkey)
      return { $type: 'com.atproto.repo.applyWrites#create', ...place, value } as const
    }
    if (this.#chance.below(2) === 0) {
      return { $type: 'com.atproto.repo.applyWrites#update', ...place, value } as const
    }
    this.#keys.delete(rkey)
    return { $type: 'com.atproto.repo.applyWrites#delete', ...place } as const
  }
}
