// A `fetch` whose answers end.

/**
 * @internal Wraps a `fetch` so that no answer has more bytes than that: a stream that goes on for ever would
 * keep a program from ending.
 *
 * @param maxBytes After decompression.
 */
export function limitedFetch(
  fetch: typeof globalThis.fetch,
  maxBytes: number,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const { body, headers, status, statusText } = response
    return new Response(body && body.pipeThrough(limit(maxBytes)), { headers, status, statusText })
  }
}

function limit(maxBytes: number): TransformStream<Uint8Array, Uint8Array<ArrayBuffer>> {
  let size = 0
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length
      if (size <= maxBytes) return controller.enqueue(chunk as Uint8Array<ArrayBuffer>)
      controller.error(new TypeError(`the answer has over ${maxBytes} bytes`))
    },
  })
}
