// Chance that can be repeated.

/** Draws numbers from a seed, the same ones each time. */
export class Chance {
  readonly seed: number
  #state: number

  /** @param seed A 32-bit number; a new one each time where it is left out. */
  constructor(seed: number = Math.floor(Math.random() * 2 ** 32)) {
    this.seed = seed
    this.#state = seed
  }

  /** A whole number from 0 to below a bound. The constants are those of SplitMix32. */
  below(bound: number): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let mixed = this.#state ^ (this.#state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % bound
  }

  /** One of some things. */
  oneOf<Thing>(things: readonly [Thing, ...Thing[]]): Thing {
    return things[this.below(things.length)] ?? things[0]
  }
}
