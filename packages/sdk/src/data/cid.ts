// Content identifiers of the protocol.

/** A CID in its text form: version 1, base32 in lower case after a `b`. */
export type CidString = `b${string}`
