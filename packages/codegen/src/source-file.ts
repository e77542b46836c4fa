/** A document and where it comes from. */
export interface SourceFile {
  path: string
  text: string
  json: unknown
}

/** The NSID that a document gives itself, whatever else is wrong with it. */
export function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined
}
