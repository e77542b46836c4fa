// Where work of node:crypto is done. To hand a piece of work to a thread and back takes half as long as
// a signature on P-256, so what comes alone is done at once. What comes together is done side by side.

/** Tells the result of work in the thread pool. */
export type Done<Result> = (error: Error | null, result: Result) => void

// Work done at once counts until those who wait in the same turn of microtasks have had theirs.
let running = 0

/** Does work at once where there is no other, else in the thread pool. */
export function atOnceOrInPool<Result>(
  atOnce: () => Result,
  inPool: (done: Done<Result>) => void,
): Result | Promise<Result> {
  if (running++ === 0) {
    queueMicrotask(finish)
    return atOnce()
  }
  return new Promise((resolve, reject) => {
    inPool((error, result) => {
      finish()
      if (error) reject(error)
      else resolve(result)
    })
  })
}

function finish(): void {
  running--
}
