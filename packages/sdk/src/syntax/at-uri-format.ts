import type { AtUriParts } from './at-uri-parts.ts'
import { parseAtUri } from './at-uri.ts'
import type { AtUri } from './at-uri.ts'

/**
 * Writes an AT URI from its parts.
 *
 * @throws {@link FormatError} when a part is not valid, with the codes of `parseAtUri`.
 */
export function formatAtUri({ repo, collection, rkey }: AtUriParts): AtUri {
  return parseAtUri(
    `at://${[repo, collection, rkey].filter((part) => part !== undefined).join('/')}`,
  )
}
