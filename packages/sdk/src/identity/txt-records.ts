// What DNS says of a name.
import { IdentityError } from './identity-error.ts'
import type { Network } from './network.ts'
import { withTimeLimit } from './time-limit.ts'

/** The longest name that DNS can be asked for; a handle may leave no room for `_atproto.`. */
const MAX_DNS_NAME = 253

/** Errors by which `node:dns` says that there are no records. */
const NO_RECORDS = ['ENODATA', 'ENOTFOUND']

/**
 * @internal The TXT records of a name, each in one piece.
 * @throws IdentityError `dns-failed`, `timeout`.
 */
export async function txtRecords(name: string, { dns, timeout }: Network): Promise<string[]> {
  const ask = async (signal: AbortSignal) => dns(name, { signal })
  try {
    const records =
      name.length > MAX_DNS_NAME ? [] : await withTimeLimit(`DNS for ${name}`, timeout, ask)
    return records.map((pieces) => pieces.join(''))
  } catch (cause) {
    if (NO_RECORDS.includes(Object(cause).code)) return []
    if (cause instanceof IdentityError) throw cause
    throw new IdentityError(`DNS for ${name} failed.`, { code: 'dns-failed', cause })
  }
}
