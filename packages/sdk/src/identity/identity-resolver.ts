// Who is who: from a handle or a DID to the account behind it, checked both ways.
import { createPublicFetch, resolveTxt } from '#network'
import type { DidKey } from '../crypto/index.ts'
import type { Did, Handle } from '../syntax/index.ts'
import { CachedLookup, DEFAULT_AGES } from './cached-lookup.ts'
import type { CacheAges } from './cached-lookup.ts'
import { claimedHandle, INVALID_HANDLE } from './claimed-handle.ts'
import type { DidDocument } from './did-document.ts'
import { documentOfDid, resolvableDid } from './did-sources.ts'
import { dnsOverHttps } from './dns-over-https.ts'
import type { ResolveTxt } from './dns-over-https.ts'
import type { Explanation } from './explain.ts'
import { didOfHandle, resolvableHandle } from './handle-sources.ts'
import { MemoryIdentityCache } from './identity-cache.ts'
import type { IdentityCache } from './identity-cache.ts'
import { IdentityError } from './identity-error.ts'
import { readDocument } from './identity.ts'
import type { DocumentFacts, Identity } from './identity.ts'
import type { Network, Watch } from './network.ts'
import { txtRecords } from './txt-records.ts'
import { verificationKey } from './verification-key.ts'

// The global is looked up at each call, so that one put in its place later counts too.
const platform: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)

/** The directory of did:plc that everybody uses. */
export const DEFAULT_PLC_URL = 'https://plc.directory'

const DEFAULT_TIMEOUT = 5_000

/** How an {@link IdentityResolver} asks, and what it keeps. */
export interface IdentityResolverOptions {
  /** The PLC directory, or a mirror of it. @default 'https://plc.directory' */
  plcUrl?: string | undefined
  /**
   * In place of the resolver's own. Hosts are named by strangers: in Node, its own connects to public
   * addresses alone, and a function of yours has to see to that itself.
   */
  fetch?: typeof globalThis.fetch | undefined
  /**
   * Finds TXT records. By default the system's name server in Node; elsewhere, DNS over HTTPS at
   * `DEFAULT_DOH_URL`, which then learns the handles: see `dnsOverHttps` to name another.
   */
  dns?: ResolveTxt | undefined
  /** Where to keep what was found. @default a `MemoryIdentityCache` */
  cache?: IdentityCache | undefined
  /** How long what is kept is good. */
  ages?: Partial<CacheAges> | undefined
  /** How long one source may take in milliseconds, redirects and body included. @default 5_000 */
  timeout?: number | undefined
  /**
   * For development alone: lets identities point to this machine by HTTP and any port
   * (`did:web:localhost%3A2583`), and takes handles under `.test` and `.localhost`.
   * @default false
   */
  allowLoopback?: boolean | undefined
}

/**
 * Resolves handles and DIDs. What it finds is kept; callers who ask the same at the same time share
 * one request.
 *
 * @example
 * ```ts
 * const resolver = new IdentityResolver()
 * const { did, pds, signingKey } = await resolver.resolve('alice.example.com')
 * ```
 */
export class IdentityResolver {
  /**
   * For calls to hosts that strangers name, such as the PDS of an account: in Node it connects to
   * public addresses alone and follows no redirect; elsewhere it is the platform's own.
   */
  readonly publicFetch: typeof globalThis.fetch
  readonly #options: IdentityResolverOptions
  readonly #network: Network
  readonly #cache: IdentityCache
  readonly #handles: CachedLookup<Did>
  readonly #documents: CachedLookup<DidDocument>
  readonly #facts = new WeakMap<DidDocument, DocumentFacts>()

  /** @param watch Not for programs: see {@link explain}. */
  constructor(options: IdentityResolverOptions = {}, watch?: Watch) {
    this.#options = options
    const { allowLoopback = false, plcUrl = DEFAULT_PLC_URL, timeout = DEFAULT_TIMEOUT } = options
    this.publicFetch = createPublicFetch?.(allowLoopback) ?? platform
    const network: Network = {
      allowLoopback,
      dns: options.dns ?? resolveTxt ?? dnsOverHttps(),
      fetch: options.fetch ?? platform,
      plcUrl: plcUrl.replace(/\/$/, ''),
      publicFetch: options.fetch ?? this.publicFetch,
      timeout,
      watch,
    }
    this.#network = network
    this.#cache = options.cache ?? new MemoryIdentityCache()
    const ages = { ...DEFAULT_AGES, ...options.ages }
    this.#handles = new CachedLookup(
      (handle) => didOfHandle(handle as Handle, network),
      this.#cache,
      ages,
    )
    this.#documents = new CachedLookup((did) => this.#findDocument(did as Did), this.#cache, ages)
  }

  /**
   * The DID that a handle names. That the DID claims the handle in turn is not checked: use
   * {@link resolve} where it matters.
   *
   * @throws IdentityError `invalid-handle`, `reserved-domain`, `handle-not-found`,
   *   `handle-ambiguous`, `not-a-did`, or what is wrong with its host or the network.
   */
  async resolveHandle(handle: string): Promise<Did> {
    return this.#handles.get(resolvableHandle(handle, this.#network))
  }

  /**
   * The document of a DID, whose `id` is that DID; nothing else in it has been checked.
   *
   * @throws IdentityError `invalid-did`, `unsupported-did-method`, `reserved-domain`,
   *   `did-not-found`, `did-deactivated`, `invalid-document`, `wrong-document-id`, or what is wrong
   *   with its host or the network.
   */
  async resolveDid(did: string): Promise<DidDocument> {
    return this.#documents.get(resolvableDid(did, this.#network))
  }

  /**
   * The identity behind a handle or a DID. Its handle is checked both ways: it is `handle.invalid`
   * where the DID claims none, where the claimed one does not lead back to the DID, or where you
   * asked by another handle than the one that it claims.
   *
   * @throws what {@link resolveHandle} and {@link resolveDid} throw.
   */
  resolve(identifier: string): Promise<Identity> {
    return this.#identify(identifier, 'get')
  }

  /**
   * As {@link resolve}, but asks anew: where a signature does not fit the key that was kept, or a PDS
   * does not know the account.
   */
  refresh(identifier: string): Promise<Identity> {
    return this.#identify(identifier, 'refresh')
  }

  /**
   * Forgets what is kept of an account, as on an `#identity` event of the firehose. An answer that is
   * on its way is given to who waits for it, and not kept.
   */
  async invalidate(did: Did): Promise<void> {
    const known = await this.#cache.get(did)
    await this.#documents.delete(did)
    const claimed = claimedHandle(Object(known?.value))
    if (claimed) await this.#handles.delete(claimed)
  }

  /**
   * The key of an account under an id, for those who verify signatures.
   *
   * @param fragment `atproto` for repositories and tokens, `atproto_label` for labels.
   * @param refresh Asks anew, for when a signature does not fit the key that was kept.
   * @throws IdentityError `no-key`, or what {@link resolveDid} throws.
   */
  async resolveKey(did: string, fragment = 'atproto', refresh = false): Promise<DidKey> {
    const document = await this.#documents[refresh ? 'refresh' : 'get'](
      resolvableDid(did, this.#network),
    )
    const key = verificationKey(document, fragment)
    if (key) return key
    throw new IdentityError(`${did} has no valid key #${fragment}.`, { code: 'no-key' })
  }

  /**
   * The TXT records of a name, each in one piece, for what DNS says besides handles: which repository
   * holds lexicons. Nothing is kept.
   *
   * @throws IdentityError `dns-failed`, `timeout`; where there are no records there is no error.
   */
  resolveTxt(name: string): Promise<string[]> {
    return txtRecords(name, this.#network)
  }

  /**
   * Says step by step how an identifier is resolved, for a person who asks why a handle is invalid.
   * Asks every source, and keeps nothing.
   */
  async explain(identifier: string): Promise<Explanation> {
    const { explain } = await import('./explain.ts')
    const options = { ...this.#options, cache: undefined }
    return explain(identifier, (watch) => new IdentityResolver(options, watch).resolve(identifier))
  }

  async #identify(identifier: string, read: 'get' | 'refresh'): Promise<Identity> {
    const isDid = identifier.startsWith('did:')
    const asked = isDid ? undefined : resolvableHandle(identifier, this.#network)
    const named = asked ? await this.#handles[read](asked) : identifier
    const did = resolvableDid(named, this.#network)
    const didDocument = await this.#documents[read](did)
    const { claimed, pds, signingKey } = this.#factsOf(didDocument)
    const agrees = asked ? claimed === asked : await this.#leadsTo(claimed, did, read)
    return {
      did,
      handle: agrees && claimed ? claimed : INVALID_HANDLE,
      pds,
      signingKey,
      didDocument,
    }
  }

  /** Whether the handle that a document claims names its DID. */
  async #leadsTo(claimed: Handle | undefined, did: Did, read: 'get' | 'refresh'): Promise<boolean> {
    if (!claimed) return false
    try {
      return (await this.#handles[read](resolvableHandle(claimed, this.#network))) === did
    } catch (error) {
      if (error instanceof IdentityError) return false
      throw error
    }
  }

  #factsOf(document: DidDocument): DocumentFacts {
    let facts = this.#facts.get(document)
    if (!facts) {
      facts = readDocument(document, this.#network.allowLoopback)
      this.#facts.set(document, facts)
    }
    return facts
  }

  async #findDocument(did: Did): Promise<DidDocument> {
    const document = await documentOfDid(did, this.#network)
    // A handle that is new to the document may have been asked for before it was there.
    const claimed = claimedHandle(document)
    if (claimed) await this.#handles.expireUnless(claimed, did)
    return document
  }
}
