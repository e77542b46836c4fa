// A PLC directory: its audit logs read and checked, operations handed in.
import type { Did } from '../syntax/index.ts'
import { IdentityError } from './identity-error.ts'
import { DEFAULT_PLC_URL } from './identity-resolver.ts'
import { verifyPlcLog } from './plc-log.ts'
import type { PlcLogEntry, PlcState } from './plc-log.ts'
import type { PlcOperation } from './plc-operation.ts'
import { withTimeLimit } from './time-limit.ts'

/** Which directory, and how it is asked. */
export interface PlcDirectoryOptions {
  /** @default 'https://plc.directory' */
  url?: string | undefined
  /** In place of the platform's own `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
  /** How long an answer may take in milliseconds. @default 10_000 */
  timeout?: number | undefined
}

/**
 * A directory of did:plc, for those who change identities or do not want to take its word.
 *
 * @example
 * ```ts
 * const directory = new PlcDirectory()
 * const { data, head } = await directory.verify(did)
 * if (!data) throw new Error(`${did} was ended`)
 * const update = { ...data, alsoKnownAs: ['at://alice.example.com'], prev: head.cid }
 * await directory.submit(did, await signPlcOperation({ type: 'plc_operation', ...update }, rotationKey))
 * ```
 */
export class PlcDirectory {
  readonly #url: string
  readonly #fetch: typeof globalThis.fetch
  readonly #timeout: number

  constructor({ url = DEFAULT_PLC_URL, fetch, timeout = 10_000 }: PlcDirectoryOptions = {}) {
    this.#url = url.replace(/\/$/, '')
    this.#fetch = fetch ?? ((input, init) => globalThis.fetch(input, init))
    this.#timeout = timeout
  }

  /**
   * The audit log of a DID, as the directory gives it: see {@link verify}.
   *
   * @throws IdentityError `did-not-found`, `invalid-operation`, `bad-status`, `server-error`,
   *   `timeout`, `unreachable`.
   */
  async log(did: Did): Promise<PlcLogEntry[]> {
    const { status, text } = await this.#ask(`/${did}/log/audit`)
    if (status !== 200) {
      throw new IdentityError(`${this.#url} answered ${status} for the log of ${did}.`, {
        code: status === 404 ? 'did-not-found' : 'bad-status',
      })
    }
    let entries: unknown
    try {
      entries = JSON.parse(text)
    } catch {
      // Named below, like all else that is no log.
    }
    if (Array.isArray(entries)) return entries as PlcLogEntry[]
    throw new IdentityError(`${this.#url} gave no log of ${did}.`, { code: 'invalid-operation' })
  }

  /**
   * What a DID is now, by its audit log, every operation of which is checked.
   *
   * @throws IdentityError as {@link log} and `verifyPlcLog`.
   */
  async verify(did: Did): Promise<PlcState> {
    return verifyPlcLog(did, await this.log(did))
  }

  /**
   * Hands in a signed operation.
   *
   * @throws IdentityError `operation-rejected` with the directory's reason, `server-error`,
   *   `timeout`, `unreachable`. After the last three, look into the log before you try again.
   */
  async submit(did: Did, operation: PlcOperation): Promise<void> {
    const { status, text } = await this.#ask(`/${did}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(operation),
    })
    if (status === 200) return
    throw new IdentityError(`${this.#url} answered ${status}: ${text.slice(0, 200)}`, {
      code: 'operation-rejected',
    })
  }

  async #ask(path: string, init?: RequestInit): Promise<{ status: number; text: string }> {
    const url = this.#url + path
    const ask = async (signal: AbortSignal) => {
      const response = await this.#fetch(url, { ...init, redirect: 'error', signal })
      return { status: response.status, text: await response.text() }
    }
    const answer = await withTimeLimit(url, this.#timeout, ask).catch((cause: unknown) => {
      if (cause instanceof IdentityError) throw cause
      throw new IdentityError(`${url} could not be read.`, { code: 'unreachable', cause })
    })
    if (answer.status < 500 && answer.status !== 429) return answer
    throw new IdentityError(`${url} answered ${answer.status}.`, { code: 'server-error' })
  }
}
