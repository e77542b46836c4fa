// One reference PDS of the test network, with the handles on it that a test needs: accounts, the
// e-mails it sent, the admin's password, and tokens that have expired.
import { createHmac, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DevEnv, OutgoingMail, PdsSettings, TestPds } from './dev-env.ts'

/** An account that {@link ReferencePds.createAccount} made. */
export interface Account {
  did: `did:plc:${string}`
  handle: `${string}.test`
  email: string
  password: string
  accessJwt: string
  refreshJwt: string
}

/** An e-mail that the PDS would have sent. */
export interface Mail {
  to: string
  subject: string
  html: string
}

/** How it differs from the defaults of a test PDS. */
const DEFAULTS: PdsSettings = {
  // As the PDSes of the network do, a login tells the account's DID document.
  enableDidDocWithSession: true,
  // Where it passes calls on that it does not serve itself: nobody listens there, and nobody outside
  // is asked for an address.
  bskyAppViewUrl: 'http://127.0.0.1:1',
  modServiceUrl: 'http://127.0.0.1:1',
}

/** A reference PDS that runs in this process. Start one with `startNetwork` of network.ts. */
export class ReferencePds {
  /** Its origin: `http://localhost:<port>`. */
  readonly url: string
  /** Its DID, the audience of service auth. */
  readonly did: string
  /** Call headers that make a call the admin's. */
  readonly adminHeaders: { readonly authorization: string }
  /** Every e-mail it has sent, oldest first. */
  readonly mails: readonly Mail[]

  readonly #server: TestPds
  readonly #jwtSecret: string
  #accounts = 0

  private constructor(server: TestPds, adminPassword: string, jwtSecret: string) {
    this.#server = server
    this.#jwtSecret = jwtSecret
    this.url = server.url
    this.did = server.ctx.cfg.service.did
    this.adminHeaders = {
      authorization: `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`,
    }
    this.mails = captureMails(server)
  }

  static async start(
    devEnv: DevEnv,
    plcUrl: string,
    settings: PdsSettings = {},
  ): Promise<ReferencePds> {
    // Drawn anew each time, since the server listens on every interface of the machine.
    const adminPassword = randomBytes(16).toString('hex')
    const jwtSecret = randomBytes(16).toString('hex')
    const server = await devEnv.TestPds.create({
      didPlcUrl: plcUrl,
      adminPassword,
      jwtSecret,
      ...DEFAULTS,
      ...settings,
    })
    devEnv.mockNetworkUtilities(server)
    return new ReferencePds(server, adminPassword, jwtSecret)
  }

  /**
   * Makes an account, with a plain HTTP call.
   *
   * @param name what stands before `.test` in its handle, at least three characters; a name of its
   * own where it is left out.
   */
  async createAccount(name = `person${++this.#accounts}`, inviteCode?: string): Promise<Account> {
    const identity = {
      handle: `${name}.test` as const,
      email: `${name}@mail.test`,
      password: `password of ${name}`,
    }
    const response = await fetch(`${this.url}/xrpc/com.atproto.server.createAccount`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...identity, inviteCode }),
    })
    if (!response.ok) throw new Error(`createAccount: ${response.status} ${await response.text()}`)
    const { did, accessJwt, refreshJwt } = (await response.json()) as Account
    return { did, ...identity, accessJwt, refreshJwt }
  }

  /** The code in the latest e-mail to that address, as its reader would type it: `ABCDE-FGHIJ`. */
  mailedCode(to: string): string {
    const mail = this.mails.findLast((sent) => sent.to === to)
    const code = mail?.html.match(/\b[A-Z2-7]{5}-[A-Z2-7]{5}\b/i)?.[0]
    if (code === undefined) throw new Error(`no code was e-mailed to ${to}`)
    return code
  }

  /**
   * The same token, signed by this PDS, whose time ran out a minute ago: the server answers it with
   * `ExpiredToken`.
   */
  expire(jwt: string): string {
    const [header, payload] = jwt.split('.') as [string, string]
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const exp = Math.floor(Date.now() / 1000) - 60
    const signed = `${header}.${encodeJson({ ...claims, iat: exp - 60, exp })}`
    return `${signed}.${createHmac('sha256', this.#jwtSecret).update(signed).digest('base64url')}`
  }

  /** Resolves when the work that the PDS does after its answers is done. */
  async settle(): Promise<void> {
    await this.#server.processAll()
  }

  /** Stops it and removes what it stored. */
  async close(): Promise<void> {
    await this.#server.close()
    const { actorStore, blobstore } = this.#server.ctx.cfg
    for (const folder of [dirname(actorStore.directory), blobstore.location]) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function captureMails({ ctx }: TestPds): readonly Mail[] {
  const mails: Mail[] = []
  for (const { transporter } of [ctx.mailer, ctx.moderationMailer]) {
    const send = transporter.sendMail.bind(transporter)
    transporter.sendMail = ({ to = '', subject = '', html = '', ...rest }: OutgoingMail) => {
      mails.push({ to, subject, html })
      return send({ to, subject, html, ...rest })
    }
  }
  return mails
}
