import type { JobStatus } from '../../lexicons/app.bsky.video.defs.ts'
import { main as describeServer } from '../../lexicons/com.atproto.server.describeServer.ts'
import { main as getServiceAuth } from '../../lexicons/com.atproto.server.getServiceAuth.ts'
import type { BlobRef } from '../data/index.ts'
import type { BinaryChunk } from '../lexicon/index.ts'
import type { Did, Nsid } from '../syntax/index.ts'
import { sleep } from '../xrpc/index.ts'
import type { CallOptions } from '../xrpc/index.ts'
import { requireDid } from './atproto-like.ts'
import type { AtprotoLike } from './atproto-like.ts'
import { BlueskyError } from './bluesky-error.ts'
import { checkFile } from './upload-file.ts'
import { reportingBody } from './upload-progress.ts'
import type { UploadProgress } from './upload-progress.ts'
import { VIDEO_SERVICE, VideoService } from './video-service.ts'

/** The most bytes of a video in a post (app.bsky.embed.video). */
export const MAX_VIDEO_BYTES = 300_000_000

/** What the video service makes videos of. */
export const VIDEO_TYPES: readonly string[] = [
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'video/mpeg',
  'image/gif',
]

/** How long the upload may take and its token is good: half an hour, in milliseconds. */
const UPLOAD_TIMEOUT = 1_800_000

/** How far a video is: on its way, or being processed, in a `state` as app.bsky.video.defs names it. */
export type VideoProgress =
  | ({ phase: 'upload' } & UploadProgress)
  | { phase: 'processing'; state: JobStatus['state']; progress?: number | undefined }

/** How to upload a video. */
export interface UploadVideoOptions extends Pick<CallOptions, 'signal' | 'retry' | 'rateLimit'> {
  /** What the file is, as a MIME type. @default the type of the `Blob`, else by its first bytes */
  type?: string | undefined
  /** The name of the file. @default 'video.mp4', or as the type has it */
  name?: string | undefined
  onProgress?: ((progress: VideoProgress) => void) | undefined
  /** How long to wait between two questions whether it is processed, in milliseconds. @default 1_000 */
  pollInterval?: number | undefined
  /** The video service, a URL. @default 'https://video.bsky.app' */
  service?: string | undefined
  /** In place of the platform's own `fetch`, for the calls to the video service. */
  fetch?: typeof globalThis.fetch | undefined
}

/**
 * Uploads a video to the video service and waits until it is processed and stored on the account's
 * PDS. That takes from seconds to minutes: give a `signal` to bound it.
 *
 * @param file Bytes or a `Blob`; what `openAsBlob` of Node opens is not held in memory.
 * @returns The blob for the `video` of a post's embed.
 * @throws BlueskyError before a byte is sent: `empty-file`, `file-too-large`, `wrong-file-type`, and
 *   `upload-refused` where the account may upload none now; `video-failed` after the upload.
 * @throws TypeError without a session.
 * @throws XrpcError, NetworkError, TimeoutError as calls do, or the signal's reason.
 * @example
 * ```ts
 * const video = await uploadVideo(atproto, await openAsBlob('lake.mp4'), {
 *   onProgress: (progress) => console.log(progress),
 *   signal: AbortSignal.timeout(600_000),
 * })
 * const embed = { $type: 'app.bsky.embed.video', video, alt: 'A lake' } as const
 * await createPost(atproto, { text: 'Holidays', embed })
 * ```
 */
export async function uploadVideo(
  atproto: AtprotoLike,
  file: BinaryChunk,
  options: UploadVideoOptions = {},
): Promise<BlobRef> {
  const { onProgress, pollInterval = 1_000, service = VIDEO_SERVICE, fetch, ...rest } = options
  const { type: declared, name, ...call } = rest
  const did = requireDid(atproto)
  const limits = { accept: VIDEO_TYPES, maxBytes: MAX_VIDEO_BYTES }
  const { blob, type } = await checkFile(file, declared, limits)
  const videos = new VideoService(service, fetch)
  await checkAllowance(atproto, videos, call)

  const token = await uploadToken(atproto, call)
  const report =
    onProgress && ((progress: UploadProgress) => onProgress({ phase: 'upload', ...progress }))
  const { body, headers } = reportingBody(blob, report)
  let job = await videos.upload(token, body, type, {
    ...call,
    headers,
    timeout: UPLOAD_TIMEOUT,
    params: { did, name: name ?? type.replace('/', '.') },
  })
  report?.({ loaded: blob.size, total: blob.size })
  for (let asked = false; ; asked = true) {
    const { blob: stored, jobId, state, progress } = job
    if (stored) return stored
    // Of a video that was uploaded before, only a question tells more than that.
    checkJob(job, asked)
    onProgress?.({ phase: 'processing', state, progress })
    await sleep(pollInterval, call.signal)
    job = await videos.job(jobId, { ...call, retry: call.retry ?? { maxAttempts: 5 } })
  }
}

/** @throws BlueskyError `upload-refused` where the account may upload nothing now. */
async function checkAllowance(
  atproto: AtprotoLike,
  videos: VideoService,
  options: CallOptions,
): Promise<void> {
  const token = await serviceToken(atproto, videos.did, 'app.bsky.video.getUploadLimits', options)
  const { canUpload, message, error } = await videos.limits(token, options)
  if (canUpload) return
  throw new BlueskyError(message ?? error ?? 'No video may be uploaded now', {
    code: 'upload-refused',
  })
}

/** The token with which the video service stores the video on the PDS, in the account's name. */
async function uploadToken(atproto: AtprotoLike, options: CallOptions): Promise<string> {
  const { data } = await atproto.client.call(describeServer, undefined, options)
  const exp = Math.floor((Date.now() + UPLOAD_TIMEOUT) / 1_000)
  return serviceToken(atproto, data.did, 'com.atproto.repo.uploadBlob', options, exp)
}

async function serviceToken(
  { client }: AtprotoLike,
  aud: Did,
  lxm: Nsid,
  options: CallOptions,
  exp?: number,
): Promise<string> {
  return (await client.call(getServiceAuth, { aud, lxm, exp }, options)).data.token
}

/** @throws BlueskyError `video-failed` where a job is over, or is none, and has stored nothing. */
function checkJob(
  { jobId, state, error, message, failureCode }: JobStatus,
  isCurrent: boolean,
): void {
  const isOver = state === 'JOB_STATE_FAILED' || (isCurrent && state === 'JOB_STATE_COMPLETED')
  if (jobId && !isOver) return
  throw new BlueskyError(message ?? error ?? 'The video was not processed', {
    code: 'video-failed',
    ...(jobId && { jobId }),
    ...(failureCode && { failureCode }),
  })
}
