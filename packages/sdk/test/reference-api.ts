// The reference implementation's `@atproto/api`, as far as tests compare with it. It is loaded by a
// name that the compiler does not see: its types do not compile under this house's settings.
import { createRequire } from 'node:module'

/** A lexicon document of the official ones. */
export interface OfficialDocument {
  id: string
  defs: { main?: { type: string }; [name: string]: object | undefined }
}

/** A facet as the reference writes it. */
export interface ReferenceFacet {
  $type?: string
  index: { byteStart: number; byteEnd: number }
  features: { $type: string; did?: string; uri?: string; tag?: string }[]
}

/** The reference's rich text. */
export interface ReferenceRichText {
  text: string
  facets?: ReferenceFacet[]
  length: number
  graphemeLength: number
  detectFacetsWithoutResolution(): void
  segments(): Iterable<{ text: string; facet?: ReferenceFacet }>
}

interface ReferenceApi {
  schemas: OfficialDocument[]
  RichText: new (
    props: { text: string; facets?: ReferenceFacet[] },
    options?: { cleanNewlines?: boolean },
  ) => ReferenceRichText
  lexicons: {
    validate(uri: string, value: unknown): { success: boolean; error?: Error }
  }
}

const { resolve } = createRequire(import.meta.url)

export const { schemas, RichText, lexicons } = (await import(
  resolve('@atproto/api')
)) as ReferenceApi

/** The queries and procedures of an authority, as `service.name`, in order. */
export function officialMethods(authority: string): string[] {
  return schemas
    .filter(({ id }) => id.startsWith(`${authority}.`))
    .filter(({ defs }) => defs.main?.type === 'query' || defs.main?.type === 'procedure')
    .map(({ id }) => id.slice(authority.length + 1))
    .toSorted()
}

/** A definition of the official documents. */
export function officialDefinition(nsid: string, name: string): object | undefined {
  return schemas.find(({ id }) => id === nsid)?.defs[name]
}
