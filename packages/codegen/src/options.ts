/** Documents whose modules exist already, in a package. */
export interface Library {
  /** The specifier of a document's module, where `{nsid}` stands for its NSID. */
  importFrom: string
  /** The parsed JSON of each document. */
  documents: Iterable<unknown>
}

/** How the generated code is written. */
export interface Options {
  /** The specifier of an SDK module, where `{room}` stands for the module's name. */
  importFrom: string
  /**
   * How one generated module names another. `.js` is resolved under every setting of TypeScript,
   * `.ts` only where those files are what runs.
   */
  extension: '.ts' | '.js'
  /** Whether to write, for each authority, types and a table that group its methods by service. */
  facades: boolean
  /**
   * The module whose maps, of records and of declared errors, the generated ones are merged into;
   * `{map}` stands for the map's file name. Without it the maps are declared anew.
   */
  mergeInto: string | undefined
  /** What references may point to without being generated. A document that is given comes first. */
  library: Library | undefined
}

/** For a program that installs the SDK. */
export const DEFAULT_OPTIONS: Readonly<Options> = {
  importFrom: 'atproto.ts/{room}',
  extension: '.js',
  facades: true,
  mergeInto: 'atproto.ts/lexicons/{map}',
  library: undefined,
}
