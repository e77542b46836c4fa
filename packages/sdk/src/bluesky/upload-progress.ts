// How much of a file has been handed to the network.

/** How far an upload has come, in bytes. */
export interface UploadProgress {
  /**
   * The bytes that the network has taken, which may still be on their way. It begins anew where the
   * file is sent again.
   */
  loaded: number
  total: number
}

/** Told of an upload's progress: at its beginning, with every piece, and once it has been answered. */
export type OnUploadProgress = (progress: UploadProgress) => void

/** The bytes that are read and told at a time: few enough to show, and enough not to slow it down. */
const PIECE = 65_536

/** @internal A request's body, and the headers that go with it. */
export interface ReportingBody {
  body: Blob | (() => ReadableStream<Uint8Array>)
  headers: Record<string, string>
}

/**
 * @internal A body that reports what is read of it. Where the platform sends no streams, as in
 * browsers other than Chrome, only the beginning is told here.
 */
export function reportingBody(blob: Blob, onProgress: OnUploadProgress | undefined): ReportingBody {
  const total = blob.size
  onProgress?.({ loaded: 0, total })
  if (!onProgress || !sendsStreams()) return { body: blob, headers: {} }
  const body = (): ReadableStream<Uint8Array> => {
    let loaded = 0
    return new ReadableStream(
      {
        async pull(controller) {
          const piece = await blob.slice(loaded, loaded + PIECE).arrayBuffer()
          loaded += piece.byteLength
          controller.enqueue(new Uint8Array(piece))
          onProgress({ loaded, total })
          if (loaded === total) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
  }
  // Without it the body would go in chunks, which not every server takes.
  return { body, headers: { 'content-length': String(total) } }
}

let isSending: boolean | undefined

/** Where streams are not known, they are turned into text, which has a type. */
function sendsStreams(): boolean {
  return (isSending ??= !new Request('http://localhost', {
    method: 'POST',
    body: new ReadableStream(),
    duplex: 'half',
  } as RequestInit).headers.has('content-type'))
}
