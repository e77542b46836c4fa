/** How the generated code is written. */
export interface Options {
  /** The specifier of an SDK module, where `{room}` stands for the module's name. */
  importFrom: string
  /** How one generated module names another. */
  extension: '.ts' | '.js'
  /** Whether to write, for each authority, types and a table that group its methods by service. */
  facades: boolean
}

/** For a program that installs the SDK. `.js` is what TypeScript resolves under every setting. */
export const DEFAULT_OPTIONS: Readonly<Options> = {
  importFrom: 'atproto.ts/{room}',
  extension: '.js',
  facades: true,
}
