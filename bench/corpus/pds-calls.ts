// Calls of the reference PDS, by which the corpus is written into it.

import type { Account } from '../../e2e/network.ts'

const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz'

/** Calls a method of a PDS in the name of an account: a procedure, with JSON, bytes or no body. */
export async function call(
  url: string,
  account: Account,
  nsid: string,
  body?: object,
): Promise<unknown> {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(`${url}/xrpc/${nsid}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${account.accessJwt}`,
      ...(body && { 'content-type': isBytes ? 'image/jpeg' : 'application/json' }),
    },
    ...(body && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${nsid}: ${response.status} ${text}`)
  return text && JSON.parse(text)
}

/** Uploads a file, and gives the reference to it. */
export async function uploadBlob(
  url: string,
  account: Account,
  bytes: Uint8Array,
): Promise<unknown> {
  const answer = await call(url, account, 'com.atproto.repo.uploadBlob', bytes)
  return (answer as { blob: unknown }).blob
}

/** Record keys in the order of time, as clients make them. */
export function tid(index: number): string {
  let digits = ''
  for (let rest = index * 977, i = 0; i < 7; i++, rest = Math.floor(rest / 32)) {
    digits = SORTABLE[rest % 32]! + digits
  }
  return `3k4567${digits}`
}
