// What the data model fixes about its encoding.

/** How deep lists and maps may be nested. Deeper input could exhaust the stack. */
export const MAX_DEPTH = 128

/** The CBOR tag of links: https://www.iana.org/assignments/cbor-tags. */
export const LINK_TAG = 42
