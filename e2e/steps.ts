// Runs the steps of the demo one after the other, and tells on the terminal what each did.

/** Prints a line of what the server answered. */
export type Say = (line: string) => void

/** Numbers the steps and counts how they went. */
export class Steps {
  #number = 0
  #passed = 0
  #skipped = 0

  /**
   * Runs a step and gives its result. An error is printed, and thrown on: the steps after it need
   * what it did not do.
   *
   * @param title What is done, in the imperative.
   * @param meaning What that means, for a reader who is new to the protocol.
   */
  async run<T>(title: string, meaning: string, run: (say: Say) => Promise<T>): Promise<T> {
    this.#announce(title, meaning)
    try {
      const result = await run((line) => console.log(`    → ${line}`))
      this.#passed++
      return result
    } catch (error) {
      console.log(`    ✗ ${String(error)}`)
      throw error
    }
  }

  /** Tells that a step is left out, and why. */
  skip(title: string, reason: string): void {
    this.#announce(title, `Skipped: ${reason}`)
    this.#skipped++
  }

  /** How many steps failed. */
  get failed(): number {
    return this.#number - this.#passed - this.#skipped
  }

  /** How it went: `7 of 8 steps passed, 1 skipped`. */
  get summary(): string {
    return [
      `${this.#passed} of ${this.#number} steps passed`,
      ...(this.#skipped > 0 ? [`${this.#skipped} skipped`] : []),
      ...(this.failed > 0 ? [`${this.failed} failed`] : []),
    ].join(', ')
  }

  #announce(title: string, meaning: string): void {
    const number = String(++this.#number).padStart(2)
    console.log(`\n${number}. ${title}\n    ${meaning}`)
  }
}
