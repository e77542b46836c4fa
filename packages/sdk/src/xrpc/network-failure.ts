// What a failure of the platform's fetch says of the request.

// Failures to connect: no byte of the request left. Node and Deno by system error, Bun by names of its own.
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$|CERT|TLS/

interface Failure {
  name?: unknown
  code?: unknown
  message?: unknown
  cause?: unknown
}

/** @internal Whether fetch failed, as opposed to code of the caller's that it went through. */
export function isNetworkFailure(error: unknown): boolean {
  const { name, code } = (error ?? {}) as Failure
  return name === 'TypeError' || code !== undefined
}

/** @internal Whether the request surely never reached the server. */
export function neverSent(error: unknown): boolean {
  for (let at = error as Failure | undefined; at; at = at.cause as Failure | undefined) {
    if (NEVER_CONNECTED.test(String(at.code))) return true
  }
  return false
}

/** @internal The innermost message: the platform's own says no more than "fetch failed". */
export function failureReason(error: unknown): string {
  const { message, code, cause } = (error ?? {}) as Failure
  return cause ? failureReason(cause) : String(message || code || error)
}
