import { main as uploadBlobMethod } from '../../lexicons/com.atproto.repo.uploadBlob.ts'
import type { BlobRef } from '../data/index.ts'
import type { BinaryChunk } from '../lexicon/index.ts'
import type { CallOptions } from '../xrpc/index.ts'
import type { AtprotoLike } from './atproto-like.ts'
import { checkFile } from './upload-file.ts'
import type { CheckedFile, FileLimits } from './upload-file.ts'
import { reportingBody } from './upload-progress.ts'
import type { OnUploadProgress } from './upload-progress.ts'

/** The most bytes of an image in a post (app.bsky.embed.images). */
export const MAX_IMAGE_BYTES = 2_000_000

/** The most bytes of a link's thumbnail, an avatar or a banner (app.bsky.embed.external, app.bsky.actor.profile). */
export const MAX_THUMB_BYTES = 1_000_000

/** How long an upload may take in all, in milliseconds. */
const UPLOAD_TIMEOUT = 300_000

/** How to upload a file. */
export interface UploadOptions
  extends FileLimits, Pick<CallOptions, 'signal' | 'retry' | 'rateLimit' | 'headers'> {
  /** What the file is, as a MIME type. @default the type of the `Blob`, else by its first bytes */
  type?: string | undefined
  /** How long the upload may take, in milliseconds. @default 300_000 */
  timeout?: number | undefined
  onProgress?: OnUploadProgress | undefined
}

/**
 * Uploads a file to the account's PDS, after it was checked. The PDS keeps it for some minutes; write
 * a record that refers to it soon.
 *
 * @param file Bytes or a `Blob`, such as a browser's `File` or what `openAsBlob` of Node opens.
 * @throws BlueskyError `empty-file`, `file-too-large` or `wrong-file-type` before a byte is sent;
 *   the last also where the file is not what it is declared to be.
 * @throws XrpcError, NetworkError, TimeoutError as calls do.
 * @example
 * ```ts
 * const avatar = await uploadBlob(atproto, file, { accept: ['image/*'], maxBytes: MAX_THUMB_BYTES })
 * ```
 */
export async function uploadBlob(
  atproto: AtprotoLike,
  file: BinaryChunk,
  { type, accept, maxBytes, ...options }: UploadOptions = {},
): Promise<BlobRef> {
  return sendFile(atproto, await checkFile(file, type, { accept, maxBytes }), options)
}

/** @internal Uploads a file that was checked. */
export async function sendFile(
  { client }: AtprotoLike,
  { blob, type }: CheckedFile,
  { onProgress, timeout = UPLOAD_TIMEOUT, ...call }: Omit<UploadOptions, keyof FileLimits | 'type'>,
): Promise<BlobRef> {
  const { body, headers } = reportingBody(blob, onProgress)
  const { data } = await client.call(uploadBlobMethod, body, {
    ...call,
    timeout,
    encoding: type,
    headers: { ...Object.fromEntries(new Headers(call.headers)), ...headers, 'content-type': type },
  })
  onProgress?.({ loaded: blob.size, total: blob.size })
  return data.blob
}
