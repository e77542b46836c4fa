// The one base class of every error the SDK throws on purpose.
// Misuse by the caller (a wrong type, a value out of range) is a plain TypeError or RangeError.

/** What an {@link AtprotoError} carries besides its message. */
export interface AtprotoErrorOptions {
  /** The stable, machine-readable reason; by default the class's name in kebab-case. */
  code?: string
  /** The error underneath, where there is one. */
  cause?: unknown
}

/**
 * The base of every error that the SDK throws: catch it to catch them all, and read `code` to tell
 * them apart. A code never changes its meaning; messages may. `instanceof` goes by the classes' ids,
 * so that it also recognises the errors of a second copy of this package in the same process.
 */
export class AtprotoError<Options extends AtprotoErrorOptions = AtprotoErrorOptions> extends Error {
  /** The class's name, literal because minifiers rename classes. */
  static readonly id: string = 'AtprotoError'

  /** The stable, machine-readable reason. */
  declare readonly code: string

  /** @param options Besides code and cause, the facts that become the error's fields. */
  constructor(message: string, options: Options) {
    super(message, options)
    const code = new.target.id.replace(/\B[A-Z]/g, '-$&').toLowerCase()
    Object.assign(this, { code }, options)
  }

  override get name(): string {
    return (this.constructor as typeof AtprotoError).id
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class of somebody else's that extends ours has no id of its own: only itself counts.
    const id = Object.hasOwn(this, 'id') && this.id
    let at: typeof AtprotoError | null = Object.getPrototypeOf(Object(value))?.constructor
    while (at && at !== this && at.id !== id) at = Object.getPrototypeOf(at)
    return !!at
  }
}
