// Calls that a PDS forwards to one service unless a call names another.
import type { XrpcClient } from './client.ts'
import type { CallOptions } from './options.ts'

/**
 * A client whose calls the PDS forwards to a service; the option `proxy` of a call goes first.
 *
 * @param proxy The service's DID and the id of its service entry.
 * @see https://atproto.com/specs/xrpc#service-proxying
 */
export function proxied(
  client: Pick<XrpcClient, 'call'>,
  proxy: CallOptions['proxy'],
): Pick<XrpcClient, 'call'> {
  return {
    call: async (method, ...[input, options]) =>
      client.call(method, ...([input, { ...options, proxy: options?.proxy ?? proxy }] as never)),
  }
}
