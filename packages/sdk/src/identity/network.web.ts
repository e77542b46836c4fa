// How identities are asked for where there is no Node: browsers and edge workers have no DNS, and
// show no addresses. What they may connect to is up to the platform.

/** The platform's own way to TXT records: there is none. */
export const resolveTxt: ((name: string) => Promise<string[][]>) | undefined = undefined

/** The platform's own `fetch` that connects to public addresses alone: there is none. */
export const createPublicFetch: ((allowLoopback: boolean) => typeof globalThis.fetch) | undefined =
  undefined
