/**
 * A lexicon document that no code can be made from. The message names the document and the place in
 * it, as does every field.
 */
export class CodegenError extends Error {
  override readonly name = 'CodegenError'

  /** The document's NSID, or `documents[n]` where it has none that could be used. */
  readonly document: string

  /** The way to the value that is wrong, such as `defs.main.output.schema`; empty for the whole. */
  readonly path: string

  /** What is wrong with it. */
  readonly problem: string

  constructor(document: string, path: string, problem: string) {
    super(`${path ? `${document} at ${path}` : document}: ${problem}`)
    this.document = document
    this.path = path
    this.problem = problem
  }
}
