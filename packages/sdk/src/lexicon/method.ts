// What the generated modules say of an XRPC method: a few strings at run time, everything else in types.

/**
 * A request body that is not JSON. Bytes and blobs can be sent again after a token refresh or a
 * retry; a stream can be read once only, so give a function that opens it anew where that matters.
 */
export type BinaryInput =
  | BinaryChunk
  | ReadableStream<Uint8Array>
  | (() => BinaryChunk | ReadableStream<Uint8Array>)

/** A body that can be read any number of times. */
export type BinaryChunk = Uint8Array | ArrayBuffer | Blob

/** A response body that is not JSON: `new Response(stream)` turns it into bytes, a blob or text. */
export type BinaryOutput = ReadableStream<Uint8Array>

/** What the client needs to know of a method at run time. Encodings are MIME types, as in the lexicon. */
export interface XrpcMethod {
  /** The method's NSID, which is also its path below `/xrpc/`. */
  readonly nsid: string
  readonly type: 'query' | 'procedure'
  /** The MIME type of the request body; absent where the method takes none. */
  readonly input?: string
  /** The MIME type of the response body; absent where the method answers with none. */
  readonly output?: string
}

/** Carries a method's types. The property never exists at run time. */
interface MethodTypes<Params, Input, Output, ErrorName extends string> {
  readonly '~types'?: { params: Params; input: Input; output: Output; errorName: ErrorName }
}

/** A query (HTTP GET): it reads and changes nothing. */
export interface Query<Params = unknown, Output = unknown, ErrorName extends string = string>
  extends XrpcMethod, MethodTypes<Params, undefined, Output, ErrorName> {
  readonly type: 'query'
}

/** A procedure (HTTP POST): it may change something. */
export interface Procedure<
  Params = unknown,
  Input = unknown,
  Output = unknown,
  ErrorName extends string = string,
>
  extends XrpcMethod, MethodTypes<Params, Input, Output, ErrorName> {
  readonly type: 'procedure'
}

/** A subscription (WebSocket): an unending stream of messages. */
export interface Subscription<
  Params = unknown,
  Message = unknown,
  ErrorName extends string = string,
> {
  readonly nsid: string
  readonly type: 'subscription'
  readonly '~types'?: { params: Params; message: Message; errorName: ErrorName }
}
