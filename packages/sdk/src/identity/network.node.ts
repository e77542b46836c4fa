// How identities are asked for where there is Node: by its own DNS, and checked at the connection.
import { promises } from 'node:dns'

export { createPublicFetch } from './public-fetch.node.ts'

/** The TXT records of a name, from the system's own name server. */
export const resolveTxt: (name: string) => Promise<string[][]> = (name) => promises.resolveTxt(name)
