// The methods of an authority as objects to call, made from the table that a generated facade holds.
import { expandMethods } from '../lexicon/index.ts'
import type { Query } from '../lexicon/index.ts'
import type { XrpcClient } from './client.ts'
import type { CallOptions } from './options.ts'

/**
 * The services of an authority, one object each: a function for every method, which takes
 * `(input?, options?)` and gives what `client.call` gives. The facades are made of it; the types
 * come with the table.
 *
 * @param authority What the NSIDs begin with, such as `com.atproto`.
 * @param tables The services' methods by name, as a generated facade exports them.
 * @example
 * ```ts
 * import { appBsky, type AppBsky } from 'atproto.ts/lexicons/app.bsky'
 *
 * const { feed } = createServices(client, 'app.bsky', appBsky) as AppBsky
 * ```
 */
export function createServices(
  client: Pick<XrpcClient, 'call'>,
  authority: string,
  tables: Readonly<Record<string, string>>,
): object {
  const services: Record<string, Record<string, unknown>> = {}
  for (const [name, table] of Object.entries(tables)) {
    const calls: Record<string, unknown> = (services[name] = {})
    for (const [key, method] of Object.entries(expandMethods(`${authority}.${name}`, table))) {
      calls[key] = (input?: unknown, options?: CallOptions) =>
        client.call(method as Query<unknown>, input, options)
    }
  }
  return services
}
