import type { Image } from '../../lexicons/app.bsky.embed.images.ts'
import type { BinaryChunk } from '../lexicon/index.ts'
import type { AtprotoLike } from './atproto-like.ts'
import { MAX_IMAGE_BYTES, sendFile } from './blob-upload.ts'
import type { UploadOptions } from './blob-upload.ts'
import { imageSize } from './image-size.ts'
import { checkFile } from './upload-file.ts'

/** How to upload an image. */
export interface UploadImageOptions extends Omit<UploadOptions, 'accept'> {
  /** What it shows, in words, for those who do not see it. */
  alt: string
  /** @default 2_000_000, the most that a post may refer to */
  maxBytes?: number | undefined
}

/**
 * Uploads an image for a post, with the aspect ratio that its header says. Metadata such as where a
 * photo was taken stays in the file: remove it before.
 *
 * @returns An item of the post's `images`, up to four of which it may have.
 * @throws BlueskyError `empty-file`, `file-too-large` or `wrong-file-type` before a byte is sent.
 * @throws XrpcError, NetworkError, TimeoutError as calls do.
 * @example
 * ```ts
 * const image = await uploadImage(atproto, await openAsBlob('lake.jpg'), { alt: 'A lake' })
 * await createPost(atproto, {
 *   text: 'Holidays',
 *   embed: { $type: 'app.bsky.embed.images', images: [image] },
 * })
 * ```
 */
export async function uploadImage(
  atproto: AtprotoLike,
  file: BinaryChunk,
  { alt, type, maxBytes = MAX_IMAGE_BYTES, ...options }: UploadImageOptions,
): Promise<Image> {
  const checked = await checkFile(file, type, { accept: ['image/*'], maxBytes })
  const aspectRatio = imageSize(new Uint8Array(await checked.blob.arrayBuffer()))
  const image = await sendFile(atproto, checked, options)
  return { image, alt, ...(aspectRatio && { aspectRatio }) }
}
