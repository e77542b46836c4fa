// The compact form in which the methods of a service travel: one word a method, because a hundred
// descriptors would weigh more than the client that calls them.

import type { XrpcMethod } from './method.ts'

const JSON_ENCODING = 'application/json'

/**
 * Expands the methods of one service, by name, from its table, as generated facades hold it.
 *
 * The table is a list of words with one space between them. A word is
 * ```text
 * ["!"] name ["<" input] [">" [output]]
 * ```
 * - `!`: a procedure; without it, a query.
 * - `name`: the last segment of the method's NSID.
 * - `<input`: the MIME type of a request body that is not JSON. Without it, the input of a procedure
 *   is JSON; whether there is one is for the caller to know, and without input no body is sent.
 * - `>output`: the MIME type of a response body that is not JSON; nothing after `>` means that the
 *   method answers with no body. Without it, the output is JSON.
 *
 * @param prefix The service, which the NSIDs of its methods begin with.
 * @example
 * ```ts
 * expandMethods('com.atproto.sync', 'getHead getRepo>application/vnd.ipld.car !requestCrawl>')
 * // { getHead: { nsid: 'com.atproto.sync.getHead', type: 'query', output: 'application/json' }, … }
 * ```
 */
export function expandMethods(prefix: string, table: string): Record<string, XrpcMethod> {
  const methods: Record<string, XrpcMethod> = {}
  for (const word of table.split(' ')) {
    const [head = '', output = JSON_ENCODING] = word.split('>')
    const [mark = '', input = JSON_ENCODING] = head.split('<')
    const name = mark.replace('!', '')
    const method = { nsid: `${prefix}.${name}`, ...(output && { output }) }
    methods[name] =
      mark === name ? { ...method, type: 'query' } : { ...method, type: 'procedure', input }
  }
  return methods
}
