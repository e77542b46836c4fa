// The door to `@atproto/dev-env`, the reference implementation as test servers: the little of it that
// is used here, with types of its own, so that the rest of this folder compiles before it is installed.

import { listenOnLoopbackOnly } from './loopback-only.ts'

/** A server that runs inside this process. */
interface TestServer {
  readonly url: string
  close(): Promise<void>
}

/** What nodemailer is asked to send, as far as it matters here. */
export interface OutgoingMail {
  to?: string
  subject?: string
  html?: string
}

interface Mailer {
  readonly transporter: { sendMail: (mail: OutgoingMail) => Promise<unknown> }
}

/** The reference PDS. */
export interface TestPds extends TestServer {
  readonly ctx: {
    readonly cfg: {
      readonly service: { readonly did: string }
      readonly actorStore: { readonly directory: string }
      readonly blobstore: { readonly location: string }
    }
    readonly mailer: Mailer
    readonly moderationMailer: Mailer
  }
  /** Resolves when the work that the server does after its answers is done. */
  processAll(): Promise<void>
}

/**
 * Settings of the reference PDS, named as in its `ServerEnvironment`: for instance
 * `rateLimitsEnabled`, `inviteRequired`, `blobUploadLimit` (bytes).
 */
export type PdsSettings = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** The exports of `@atproto/dev-env` used here. */
export interface DevEnv {
  readonly TestPlc: { create(config: object): Promise<TestServer> }
  readonly TestPds: { create(config: { didPlcUrl: string } & PdsSettings): Promise<TestPds> }
  /** Lets the PDS resolve its own `.test` handles, which no DNS knows. */
  readonly mockNetworkUtilities: (pds: TestPds) => void
}

/**
 * Loads the reference servers, which takes a few seconds. They are silent: set `LOG_ENABLED=true` to
 * read what they log.
 *
 * @throws {Error} where they are not installed: `node e2e/run.ts setup` does that.
 */
export async function loadDevEnv(): Promise<DevEnv> {
  listenOnLoopbackOnly()
  // Read once, when the logger is loaded.
  process.env['LOG_ENABLED'] ??= 'false'
  // A variable, because the compiler shall not look for a package that need not be there yet.
  const name: string = '@atproto/dev-env'
  try {
    return (await import(name)) as DevEnv
  } catch (cause) {
    throw new Error('The reference PDS cannot be loaded: run "node e2e/run.ts setup" first.', {
      cause,
    })
  }
}
