// The com.atproto methods of the official lexicons, from the documents that the SDK is made of.
import { createRequire } from 'node:module'

/** A method as its lexicon names it. */
export interface OfficialMethod {
  nsid: string
  kind: 'query' | 'procedure' | 'subscription'
}

interface LexiconDocument {
  id: string
  defs: { main?: { type: string } }
}

/** All of them, by NSID. */
export async function loadOfficialMethods(): Promise<OfficialMethod[]> {
  // The root's, not the older one that the reference PDS brings along in this folder.
  const { resolve } = createRequire(new URL('../package.json', import.meta.url))
  const { schemas } = (await import(resolve('@atproto/api'))) as { schemas: LexiconDocument[] }
  const kinds = new Set(['query', 'procedure', 'subscription'])
  return schemas
    .map(({ id, defs }) => ({ nsid: id, kind: defs.main?.type as OfficialMethod['kind'] }))
    .filter(({ nsid, kind }) => nsid.startsWith('com.atproto.') && kinds.has(kind))
    .toSorted((a, b) => (a.nsid < b.nsid ? -1 : 1))
}
