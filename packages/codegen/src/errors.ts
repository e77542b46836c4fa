/** One thing that is wrong with a document. */
export interface Fault {
  /** The way to the value that is wrong, such as `defs.main.output.schema`; empty for the whole. */
  readonly path: string
  /** What is wrong with it. */
  readonly problem: string
}

/**
 * A lexicon document that no code can be made from. The message names the document and the place of
 * its first fault, as do the fields.
 */
export class CodegenError extends Error {
  override readonly name = 'CodegenError'

  /** The document's NSID, or `documents[n]` where it has none that could be used. */
  readonly document: string

  /** The way to the first value that is wrong, such as `defs.main.output.schema`. */
  readonly path: string

  /** What is wrong with it. */
  readonly problem: string

  /** Everything that is wrong, the first fault included. */
  readonly faults: readonly Fault[]

  constructor(document: string, ...faults: [Fault, ...Fault[]]) {
    const [{ path, problem }, ...others] = faults
    const more = others.length > 0 ? ` (and ${others.length} more)` : ''
    super(`${path ? `${document} at ${path}` : document}: ${problem}${more}`)
    this.document = document
    this.path = path
    this.problem = problem
    this.faults = faults
  }
}
