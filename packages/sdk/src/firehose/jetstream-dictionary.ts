// The dictionary with which version two of Jetstream compresses.
import { parseService } from '../xrpc/index.ts'
import { FirehoseError } from './firehose-error.ts'
import { DEFAULT_JETSTREAM } from './subscribe-jetstream.ts'
import { dictionaryId } from './zstd-dictionary.ts'

/** Where a dictionary is fetched from. */
export interface FetchJetstreamDictionaryOptions {
  /** A host name or a URL. @default 'jetstream2.us-east.bsky.network' */
  service?: string | undefined
  /** Ends the request. */
  signal?: AbortSignal | undefined
}

/**
 * Fetches the dictionary that a service compresses with now, for `compress` of
 * {@link subscribeJetstream} with version two. It is good for as long as the service keeps it, which
 * refuses connections that name another.
 *
 * @throws FirehoseError `connection-failed` where the service has none or does not answer.
 *
 * @example
 * ```ts
 * const dictionary = await fetchJetstreamDictionary({ service })
 * const events = subscribeJetstream({ service, version: 2, compress: { dictionary } })
 * ```
 */
export async function fetchJetstreamDictionary({
  service = DEFAULT_JETSTREAM,
  signal,
}: FetchJetstreamDictionaryOptions = {}): Promise<Uint8Array> {
  const url = `${parseService(service)}/xrpc/network.bsky.jetstream.getZstdDictionary`
  try {
    const answer = await fetch(url, { signal: signal ?? null })
    const dictionary = new Uint8Array(await answer.arrayBuffer())
    dictionaryId(dictionary)
    return dictionary
  } catch (cause) {
    throw new FirehoseError(`${service} gives no dictionary`, { code: 'connection-failed', cause })
  }
}
