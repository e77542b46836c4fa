import { expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import { schemas } from '../../test/reference-api.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { cidForRaw } from '../data/index.ts'
import { Lexicons } from '../lexicon/index.ts'
import { XrpcClient } from '../xrpc/index.ts'
import { BlueskyError, uploadVideo } from './index.ts'
import type { UploadVideoOptions, VideoProgress } from './index.ts'

const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const pdsDid = 'did:web:pds.example.com'

/** An MP4 by its first bytes. */
const video = new Uint8Array(200_000)
video.set([0, 0, 0, 0x20, ...new TextEncoder().encode('ftypisom')])

const stored = {
  $type: 'blob',
  ref: { $link: cidForRaw(video) },
  mimeType: 'video/mp4',
  size: video.length,
}

const job = (state: string, more: object = {}) => ({ jobId: 'job-1', did, state, ...more })

/** A PDS and a video service in one, which answers a job with each of the given states in turn. */
async function startServices(
  jobs: object[],
  answers: { limits?: object; upload?: [status: number, body: object] } = {},
): Promise<Loopback> {
  return Loopback.start(({ path }, response) => {
    const url = new URL(path, 'http://localhost')
    switch (url.pathname.split('.').at(-1)) {
      case 'describeServer':
        return json(response, 200, { did: pdsDid })
      case 'getServiceAuth':
        return json(response, 200, {
          token: `${url.searchParams.get('aud')} ${url.searchParams.get('lxm')}`,
        })
      case 'getUploadLimits':
        return json(response, 200, answers.limits ?? { canUpload: true })
      case 'uploadVideo': {
        const [status, body] = answers.upload ?? [200, job('JOB_STATE_CREATED')]
        return json(response, status, body)
      }
      default:
        return json(response, 200, { jobStatus: jobs.shift() ?? job('JOB_STATE_ENCODING') })
    }
  })
}

const upload = async ({ url }: Loopback, options: UploadVideoOptions = {}, file = video) =>
  uploadVideo({ did, client: new XrpcClient(url) }, file, {
    service: url,
    pollInterval: 0,
    ...options,
  })

const requestOf = ({ requests }: Loopback, name: string) =>
  requests.find(({ path }) => path.startsWith(`/xrpc/app.bsky.video.${name}`))

test('a video is sent to the video service and awaited until it is stored', async () => {
  await using services = await startServices([
    job('JOB_STATE_ENCODING', { progress: 40 }),
    job('JOB_STATE_COMPLETED', { blob: stored }),
  ])
  const progress: VideoProgress[] = []
  const blob = await upload(services, { onProgress: (one) => progress.push(one) })
  expect(blob).toEqual(stored)

  const sent = requestOf(services, 'uploadVideo')
  expect(sent?.path).toBe(
    `/xrpc/app.bsky.video.uploadVideo?did=${encodeURIComponent(did)}&name=video.mp4`,
  )
  expect(sent?.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(video.length),
  })
  expect(sent?.body).toHaveLength(video.length)

  expect(progress[0]).toEqual({ phase: 'upload', loaded: 0, total: video.length })
  expect(progress.filter(({ phase }) => phase === 'upload').at(-1)).toEqual({
    phase: 'upload',
    loaded: video.length,
    total: video.length,
  })
  expect(progress.slice(-2)).toEqual([
    { phase: 'processing', state: 'JOB_STATE_CREATED', progress: undefined },
    { phase: 'processing', state: 'JOB_STATE_ENCODING', progress: 40 },
  ])
})

test('each call to the video service carries the token that it takes', async () => {
  await using services = await startServices([job('JOB_STATE_COMPLETED', { blob: stored })])
  await upload(services)
  const videoDid = `did:web:${encodeURIComponent(new URL(services.url).host)}`
  expect(requestOf(services, 'getUploadLimits')?.headers.authorization).toBe(
    `Bearer ${videoDid} app.bsky.video.getUploadLimits`,
  )
  // With this one the video service writes to the PDS.
  expect(requestOf(services, 'uploadVideo')?.headers.authorization).toBe(
    `Bearer ${pdsDid} com.atproto.repo.uploadBlob`,
  )
  expect(requestOf(services, 'getJobStatus')?.headers).not.toHaveProperty('authorization')
  const tokens = services.requests.filter(({ path }) => path.includes('getServiceAuth'))
  const exp = Number(new URL(tokens[1]?.path ?? '', services.url).searchParams.get('exp'))
  const now = Date.now() / 1_000
  expect(exp - now).toBeGreaterThan(1_700)
  expect(exp - now).toBeLessThanOrEqual(1_800)
})

// No video service can be had to test against: the official documents stand in for one.
test('what is asked and answered here is as the official lexicons have it', async () => {
  const lexicons = new Lexicons(schemas)
  const limits = { canUpload: true }
  const created = { jobStatus: job('JOB_STATE_CREATED') }
  const completed = job('JOB_STATE_COMPLETED', { blob: stored })
  lexicons.validateXrpcOutput('app.bsky.video.getUploadLimits', limits)
  lexicons.validateXrpcOutput('app.bsky.video.uploadVideo', created)
  lexicons.validateXrpcOutput('app.bsky.video.getJobStatus', { jobStatus: completed })
  await using services = await startServices([completed], { limits, upload: [200, created] })
  expect(await upload(services)).toEqual(stored)

  const unknown = services.requests.flatMap(({ path }) => {
    const { pathname, searchParams } = new URL(path, services.url)
    const method = pathname.slice('/xrpc/'.length)
    const known = lexicons.params(method).parseQuery(searchParams)
    const names = [...searchParams.keys()].filter((name) => !Object.hasOwn(known, name))
    return names.map((name) => `${method} ${name}`)
  })
  // The service asks for these, of which its lexicon does not speak.
  expect(unknown).toEqual(['app.bsky.video.uploadVideo did', 'app.bsky.video.uploadVideo name'])
})

test('a video that was uploaded before is not sent for processing again', async () => {
  const done = job('JOB_STATE_COMPLETED', { error: 'already_exists' })
  await using services = await startServices([job('JOB_STATE_COMPLETED', { blob: stored })], {
    upload: [409, done],
  })
  expect(await upload(services)).toEqual(stored)
})

test('an account that may not upload sends nothing', async () => {
  await using services = await startServices([], {
    limits: { canUpload: false, message: 'Confirm your e-mail address' },
  })
  const error = await rejectedBy(BlueskyError, async () => upload(services))
  expect(error).toMatchObject({ code: 'upload-refused', message: 'Confirm your e-mail address' })
  expect(requestOf(services, 'uploadVideo')).toBeUndefined()
})

test('a job that fails says why', async () => {
  await using services = await startServices([
    job('JOB_STATE_FAILED', { message: 'Too long', failureCode: 'validation_failure' }),
  ])
  expect(await rejectedBy(BlueskyError, async () => upload(services))).toMatchObject({
    code: 'video-failed',
    message: 'Too long',
    jobId: 'job-1',
    failureCode: 'validation_failure',
  })
})

test('a job that is completed without a video has failed', async () => {
  await using services = await startServices([job('JOB_STATE_COMPLETED')])
  const error = await rejectedBy(BlueskyError, async () => upload(services))
  expect(error.code).toBe('video-failed')
})

test('a conflict that is no job is an error', async () => {
  await using services = await startServices([], {
    upload: [409, { error: 'conflict', message: 'No' }],
  })
  expect(await rejectedBy(BlueskyError, async () => upload(services))).toMatchObject({
    code: 'video-failed',
    message: 'No',
  })
})

test('waiting ends with the signal', async () => {
  await using services = await startServices([])
  const controller = new AbortController()
  const waiting = upload(services, {
    signal: controller.signal,
    pollInterval: 60_000,
    onProgress: ({ phase }) => phase === 'processing' && controller.abort(new Error('enough')),
  })
  await expect(waiting).rejects.toThrow('enough')
})

test('a file that is no video is refused before anything is asked', async () => {
  await using services = await startServices([])
  const error = await rejectedBy(BlueskyError, async () => upload(services, {}, new Uint8Array(10)))
  expect(error.code).toBe('wrong-file-type')
  expect(services.requests).toEqual([])
})
