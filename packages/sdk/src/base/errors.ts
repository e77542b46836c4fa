// The one base class of every error the SDK throws on purpose.
// Misuse by the caller (a wrong type, a value out of range) is a plain TypeError or RangeError.

/** What an {@link AtprotoError} carries besides its message. */
export interface AtprotoErrorOptions {
  /** The stable, machine-readable reason. */
  code: string
  /** The error underneath, where there is one. */
  cause?: unknown
}

// Where an error keeps the ids of its classes, most derived first. A registered symbol, so that
// `instanceof` also recognises the errors of a second copy of this package in the same process.
const CLASS_IDS = Symbol.for('atproto.ts/error')

/**
 * The base of every error that the SDK throws: catch it to catch them all, and read `code` to tell
 * them apart. A code never changes its meaning; messages may.
 */
export class AtprotoError extends Error {
  /** Identifies the class in every copy of the package. Literal, because minifiers rename classes. */
  static readonly id: string = 'AtprotoError'

  /** The stable, machine-readable reason. */
  readonly code: string

  constructor(message: string, options: AtprotoErrorOptions) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = options.code
    const ids: string[] = []
    for (let type = new.target; type.id; type = Object.getPrototypeOf(type)) {
      if (Object.hasOwn(type, 'id')) ids.push(type.id)
    }
    // Not enumerable: a printed error shows its facts, not this bookkeeping.
    Object.defineProperty(this, 'name', { value: ids[0], configurable: true, writable: true })
    Object.defineProperty(this, CLASS_IDS, { value: ids })
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class of somebody else's that extends ours has no id: the prototype chain decides.
    if (!Object.hasOwn(this, 'id')) return Function.prototype[Symbol.hasInstance].call(this, value)
    const ids = (value as { [CLASS_IDS]?: readonly string[] } | null | undefined)?.[CLASS_IDS]
    return Array.isArray(ids) && ids.includes(this.id)
  }
}
