// The service that takes videos, and makes of them what the app can play.
import type { JobStatus } from '../../lexicons/app.bsky.video.defs.ts'
import { main as getJobStatus } from '../../lexicons/app.bsky.video.getJobStatus.ts'
import { main as getUploadLimits } from '../../lexicons/app.bsky.video.getUploadLimits.ts'
import type { Output as UploadLimits } from '../../lexicons/app.bsky.video.getUploadLimits.ts'
import type { Input, Output } from '../../lexicons/app.bsky.video.uploadVideo.ts'
import type { Procedure } from '../lexicon/index.ts'
import type { Did } from '../syntax/index.ts'
import { createFetchHandler, XrpcClient } from '../xrpc/index.ts'
import type { CallOptions } from '../xrpc/index.ts'

/** Where the videos of Bluesky go. */
export const VIDEO_SERVICE = 'https://video.bsky.app'

/** Answers of the service are a job, or hold one, as the lexicon has it. */
type JobAnswer = Output | JobStatus

/** The parameters that the service asks for, of which its lexicon does not speak. */
interface UploadParams {
  did: Did
  name: string
}

/** An upload's options, whose headers are known by name. */
interface UploadCall extends Omit<CallOptions, 'headers'> {
  headers: Record<string, string>
  params: UploadParams
}

const uploadMethod: Procedure<UploadParams, Input, JobAnswer> = {
  nsid: 'app.bsky.video.uploadVideo',
  type: 'procedure',
  input: 'video/mp4',
  output: 'application/json',
}

/** @internal The calls of the video service, each with the token that it takes. */
export class VideoService {
  /** The service's DID. */
  readonly did: Did
  readonly #client: XrpcClient

  constructor(service: string, fetch: typeof globalThis.fetch | undefined) {
    const handler = createFetchHandler(service, fetch)
    this.did = `did:web:${encodeURIComponent(new URL(service).host)}`
    this.#client = new XrpcClient(async (pathname, init) => {
      const response = await handler(pathname, init)
      const { headers, body, status } = response
      // A video that was uploaded before: the answer is its job.
      return status === 409 ? new Response(body, { headers, status: 200 }) : response
    })
  }

  /** Whether the account may upload, and how much. */
  async limits(token: string, options: CallOptions): Promise<UploadLimits> {
    const headers = authorization(token)
    return (await this.#client.call(getUploadLimits, undefined, { ...options, headers })).data
  }

  /** Sends the video, and gives the job that processes it. */
  async upload(
    token: string,
    body: Input,
    type: string,
    { headers, ...options }: UploadCall,
  ): Promise<JobStatus> {
    const all = { ...headers, ...authorization(token), 'content-type': type }
    const { data } = await this.#client.call(uploadMethod, body, { ...options, headers: all })
    return jobOf(data)
  }

  /** How far a job is. */
  async job(jobId: string, options: CallOptions): Promise<JobStatus> {
    return jobOf((await this.#client.call(getJobStatus, { jobId }, options)).data)
  }
}

function authorization(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

function jobOf(answer: JobAnswer): JobStatus {
  return 'jobStatus' in answer ? answer.jobStatus : answer
}
