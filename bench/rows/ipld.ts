// The values of the IPLD libraries, where a link is an object of their own class and bytes are bytes.

import { CID } from 'multiformats/cid'

/** As plain JSON. Bytes that begin with a zero are the CID of a link that was left as it was. */
export function fromIpld(value: unknown): unknown {
  const cid = CID.asCID(value)
  if (cid) return { $link: cid.toString() }
  if (value instanceof Uint8Array) {
    return value[0] === 0 && value.length === 37
      ? { $link: CID.decode(value.subarray(1)).toString() }
      : { $bytes: Buffer.from(value).toString('base64').replaceAll('=', '') }
  }
  return mapValues(value, fromIpld)
}

/** From plain JSON. */
export function toIpld(value: unknown): unknown {
  const { $link, $bytes } = (value ?? {}) as { $link?: string; $bytes?: string }
  if (typeof $link === 'string') return CID.parse($link)
  if (typeof $bytes === 'string') return new Uint8Array(Buffer.from($bytes, 'base64'))
  return mapValues(value, toIpld)
}

function mapValues(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]))
}
