/** A promise that is fulfilled from outside. */
export class Deferred<Value> {
  resolve!: (value: Value) => void
  readonly promise: Promise<Value> = new Promise((resolve) => {
    this.resolve = resolve
  })
}
